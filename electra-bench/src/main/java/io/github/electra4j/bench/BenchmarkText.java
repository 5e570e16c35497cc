package io.github.electra4j.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A text to measure with.
 *
 * @param name of the text in the report
 * @param lines without line ends
 */
record BenchmarkText(String name, List<String> lines) {

  /** Reads a file in UTF-8, unpacking it if its name ends in {@code .gz}. */
  static BenchmarkText read(String name, Path file) throws IOException {
    try (InputStream in = open(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new BenchmarkText(name, text.lines().toList());
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  /** Size in UTF-8. */
  long bytes() {
    long bytes = 0;
    for (String line : lines) {
      bytes += line.getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }
}
