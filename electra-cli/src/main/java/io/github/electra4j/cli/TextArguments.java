package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.Utf8Lines;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command's text comes from: options, a file, or standard input. */
@OptionGroup(OptionGroup.INPUT)
final class TextArguments {
  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = {
        "The text, or the first sentence of a pair.",
        "  Default: lines on standard input"
      })
  private String text;

  @Option(
      names = "--text-b",
      paramLabel = "TEXT",
      description = {"The second sentence of a pair.", "  Default: none"})
  private String second;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = {
        "UTF-8 file with a text or a tab-separated pair per line.",
        "  Default: standard input, the same way"
      })
  private Path input;

  /**
   * A sentence or a pair.
   *
   * @param first the sentence
   * @param second the second sentence of a pair, or the empty string
   */
  record Pair(String first, String second) {}

  /** What is done with each text. */
  interface Consumer {
    void accept(Pair pair) throws IOException;
  }

  /** Whether any of these options is there. */
  boolean isGiven() {
    return text != null || second != null || input != null;
  }

  /** Refuses options that contradict each other. */
  void requireOneSource() {
    if (text == null ? second != null : input != null) {
      throw new WrongUsageException(
          "Give --text, with or without --text-b, or --input, or lines on standard input.");
    }
  }

  /**
   * Hands every text to {@code consumer}.
   *
   * @throws MalformedFileException when a line is not UTF-8
   */
  void forEach(Console console, Consumer consumer) throws IOException {
    if (text != null) {
      consumer.accept(new Pair(text, second == null ? "" : second));
    } else if (input != null) {
      try (InputStream in = Files.newInputStream(InputFiles.existing(input))) {
        lines(Utf8Lines.of(in, input.toString()), consumer);
      }
    } else {
      lines(Utf8Lines.of(console.in(), "standard input"), consumer);
    }
  }

  private static void lines(Utf8Lines lines, Consumer consumer) throws IOException {
    for (String line = lines.next(); line != null; line = lines.next()) {
      int tab = line.indexOf('\t');
      consumer.accept(
          tab < 0 ? new Pair(line, "") : new Pair(line.substring(0, tab), line.substring(tab + 1)));
    }
  }
}
