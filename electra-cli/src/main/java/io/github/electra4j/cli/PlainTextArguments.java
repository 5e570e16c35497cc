package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.Utf8Lines;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Where single texts come from: options, a file, or standard input. */
@OptionGroup(OptionGroup.INPUT)
final class PlainTextArguments {
  /** Texts handed over together. */
  private static final int PART = 64;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      showDefaultValue = Visibility.NEVER,
      description = {"A text; may be given several times.", "  Default: lines on standard input"})
  private List<String> texts = List.of();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = {"UTF-8 file with a text per line.", "  Default: standard input, the same way"})
  private Path input;

  @Option(
      names = "--document",
      description = "The whole file or standard input is one text, whatever its number of lines.")
  private boolean document;

  /** What is done with some texts; it gets the next when it is done with them. */
  interface Consumer {
    void accept(List<String> part) throws IOException;
  }

  /** Refuses options that contradict each other. */
  void requireOneSource() {
    if (!texts.isEmpty() && (input != null || document)) {
      throw new WrongUsageException(
          "Give --text, or --input, or standard input; --document belongs to the last two.");
    }
  }

  /**
   * Hands every text to {@code consumer}, several at a time, in order.
   *
   * @throws MalformedFileException when the text is not UTF-8
   */
  void forEachPart(Console console, Consumer consumer) throws IOException {
    if (!texts.isEmpty()) {
      consumer.accept(texts);
    } else if (input != null) {
      try (InputStream in = Files.newInputStream(InputFiles.existing(input))) {
        read(in, input.toString(), consumer);
      }
    } else {
      read(console.in(), "standard input", consumer);
    }
  }

  private void read(InputStream in, String source, Consumer consumer) throws IOException {
    if (document) {
      consumer.accept(List.of(whole(in, source)));
      return;
    }
    Utf8Lines lines = Utf8Lines.of(in, source);
    List<String> part = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      part.add(line);
      if (part.size() == PART) {
        consumer.accept(List.copyOf(part));
        part.clear();
      }
    }
    if (!part.isEmpty()) {
      consumer.accept(part);
    }
  }

  private static String whole(InputStream in, String source) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.readAllBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw MalformedFileException.in(
          source,
          "the text is not UTF-8. Save it as UTF-8; without --document the line is named.",
          e);
    }
  }
}
