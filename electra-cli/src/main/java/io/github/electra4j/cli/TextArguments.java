package io.github.electra4j.cli;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command's text comes from: options, a file, or standard input. */
final class TextArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--text", description = "The text, or the first sentence of a pair.")
  private String text;

  @Option(names = "--text-b", description = "The second sentence of a pair.")
  private String second;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "UTF-8 file with a text or a tab-separated pair per line.")
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

  /**
   * Hands every text to {@code consumer}.
   *
   * @throws MalformedFileException when a line is not UTF-8
   */
  void forEach(Consumer consumer) throws IOException {
    if (text == null ? second != null : input != null) {
      throw new ParameterException(
          command.commandLine(),
          "Give --text, with or without --text-b, or --input, or lines on standard input.");
    }
    if (text != null) {
      consumer.accept(new Pair(text, second == null ? "" : second));
    } else if (input != null) {
      try (InputStream in = Files.newInputStream(input)) {
        lines(in, input.toString(), consumer);
      }
    } else {
      lines(System.in, "standard input", consumer);
    }
  }

  private static void lines(InputStream in, String source, Consumer consumer) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    int number = 0;
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        int tab = line.indexOf('\t');
        consumer.accept(
            tab < 0
                ? new Pair(line, "")
                : new Pair(line.substring(0, tab), line.substring(tab + 1)));
      }
    } catch (CharacterCodingException e) {
      throw MalformedFileException.in(
          source,
          "after line %d there are bytes that are not UTF-8. Save the text as UTF-8."
              .formatted(number),
          e);
    }
  }
}
