package io.github.electra4j.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The project's own small vocabulary. */
final class OwnVocabulary {
  private OwnVocabulary() {}

  static Vocabulary read() {
    try (InputStream in = OwnVocabulary.class.getResourceAsStream("/golden/original/vocab.txt")) {
      return Vocabulary.read(in.readAllBytes(), "vocab.txt");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
