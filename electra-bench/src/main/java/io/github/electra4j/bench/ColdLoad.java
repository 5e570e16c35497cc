package io.github.electra4j.bench;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Time from nothing to the first encoding, in a Java virtual machine that has done nothing before:
 * reading the file, building every index and, for the peer, loading its native library.
 */
final class ColdLoad {
  private static final String TEXT = "A text.";

  private ColdLoad() {}

  /**
   * Loads once and prints the milliseconds.
   *
   * @param args {@code ours} or {@code peer}, and the vocabulary or tokenizer.json
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    long start = System.nanoTime();
    int tokens;
    if (args[0].equals("ours")) {
      tokens = ElectraTokenizer.read(file, TokenizerOptions.uncased()).encode(TEXT).length();
    } else {
      try (PeerTokenizer peer = PeerTokenizer.load(Files.readAllBytes(file))) {
        tokens = peer.encode(TEXT).getIds().length;
      }
    }
    double millis = (System.nanoTime() - start) / 1e6;
    if (tokens < 3) {
      throw new IllegalStateException("The tokenizer made %d tokens of a text".formatted(tokens));
    }
    System.out.println(millis);
  }

  /** Median over fresh virtual machines, in milliseconds. */
  static double median(String side, Path file, int runs) throws IOException {
    double[] millis = new double[runs];
    for (int run = 0; run < runs; run++) {
      millis[run] = fresh(side, file);
    }
    Arrays.sort(millis);
    return millis[runs / 2];
  }

  private static double fresh(String side, Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ColdLoad.class.getName(),
                side,
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return Double.parseDouble(output.strip());
    } catch (NumberFormatException e) {
      throw new IOException("Loading %s as %s printed \"%s\"".formatted(file, side, output), e);
    }
  }
}
