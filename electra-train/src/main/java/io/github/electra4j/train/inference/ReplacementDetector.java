package io.github.electra4j.train.inference;

import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells which tokens of a text were replaced. Made by {@link Electra#discriminator}. */
public final class ReplacementDetector implements AutoCloseable {
  private final TextWindows windows;
  private final Discriminator discriminator;

  ReplacementDetector(LoadedModel loaded) throws MalformedFileException {
    if (!loaded.checkpoint().config().discriminatorHead()) {
      throw MalformedFileException.in(
          loaded.source(),
          "the checkpoint has no replaced-token head; a fine-tuned one has lost it. Use a pre-trained checkpoint.");
    }
    this.windows = new TextWindows(loaded.tokenizer(), loaded.maxTokens());
    this.discriminator =
        Discriminator.of(loaded.checkpoint().config(), loaded.checkpoint().weights());
  }

  /**
   * A token of the text.
   *
   * @param piece as the vocabulary writes it
   * @param start UTF-16 offset in the text
   * @param end UTF-16 offset behind the token
   * @param replaced probability that another token stood here, in [0, 1]
   */
  public record Token(String piece, int start, int end, double replaced) {}

  /** All tokens of a text, in order; each is judged where most of the text stands around it. */
  public List<Token> detect(String text) {
    Map<Long, Token> byStart = new LinkedHashMap<>();
    Map<Long, Integer> contexts = new LinkedHashMap<>();
    List<Encoding> all = windows.of(text);
    for (Encoding window : all) {
      float[] probabilities =
          discriminator
              .probabilities(
                  new TokenBatch(
                      new int[][] {window.ids()},
                      new int[][] {window.attentionMask()},
                      new int[][] {window.tokenTypeIds()}))[0];
      addTokens(window, probabilities, byStart, contexts);
    }
    return new ArrayList<>(byStart.values());
  }

  private static void addTokens(
      Encoding window,
      float[] probabilities,
      Map<Long, Token> byStart,
      Map<Long, Integer> contexts) {
    int occurrence = 0;
    for (int i = 1; i < window.length() - 1; i++) {
      occurrence = window.start(i) == window.start(i - 1) && i > 1 ? occurrence + 1 : 0;
      long key = 64L * window.start(i) + occurrence; // pieces of one character share its start
      int around = Math.min(i, window.length() - 1 - i);
      if (around > contexts.getOrDefault(key, -1)) {
        contexts.put(key, around);
        byStart.put(
            key, new Token(window.piece(i), window.start(i), window.end(i), probabilities[i]));
      }
    }
  }

  @Override
  public void close() {
    discriminator.close();
  }
}
