package io.github.electra4j.train.corpus;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up documents and a vocabulary for them. */
final class SmallCorpus {
  private static final int WORDS = 50;

  private SmallCorpus() {}

  /** Special tokens, {@code w0} to {@code w49}, and a full stop. */
  static ElectraTokenizer tokenizer() {
    List<String> pieces = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
    for (int i = 0; i < WORDS; i++) {
      pieces.add("w" + i);
    }
    pieces.add(".");
    return ElectraTokenizer.of(Vocabulary.of(pieces), TokenizerOptions.uncased());
  }

  /** Writes documents of sentences of words that the vocabulary has. */
  static void write(Path file, int documents, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int document = 0; document < documents; document++) {
      text.append(document == 0 ? "" : "\n");
      for (int line = random.nextInt(20); line >= 0; line--) {
        for (int word = random.nextInt(20); word >= 0; word--) {
          text.append('w').append(random.nextInt(WORDS)).append(' ');
        }
        text.append(".\n");
      }
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
