package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.masking.MaskingRules;
import java.io.IOException;
import java.util.stream.LongStream;

/** How frequent every token is in a text, special ones left out. */
final class TokenFrequencies {
  private static final int MOST_EXAMPLES = 20_000;
  private static final int AT_ONCE = 100;

  private final long[] occurrences;
  private final double total;

  private TokenFrequencies(long[] occurrences) {
    this.occurrences = occurrences;
    this.total = LongStream.of(occurrences).sum() + (double) occurrences.length;
  }

  /**
   * Counts in examples that are spread evenly over a text, at most 20,000.
   *
   * @param vocab number of ids
   */
  static TokenFrequencies of(ExampleSource text, MaskingRules.SpecialIds special, int vocab)
      throws IOException {
    int count = Math.min(MOST_EXAMPLES, text.size());
    long[] occurrences = new long[vocab];
    for (int from = 0; from < count; from += AT_ONCE) {
      int[] indices = new int[Math.min(AT_ONCE, count - from)];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = (int) ((long) (from + i) * text.size() / count);
      }
      count(text.read(indices), special, occurrences);
    }
    return new TokenFrequencies(occurrences);
  }

  private static void count(TokenBatch batch, MaskingRules.SpecialIds special, long[] occurrences) {
    for (int row = 0; row < batch.batch(); row++) {
      int[] ids = batch.inputIds()[row];
      for (int at = 0; at < ids.length; at++) {
        int id = ids[at];
        boolean isSpecial = id == special.cls() || id == special.sep() || id == special.mask();
        if (batch.attentionMask()[row][at] == 1 && !isSpecial) {
          occurrences[id]++;
        }
      }
    }
  }

  /** Logarithm of the share of a token, each counted once more than it occurs. */
  double logShare(int id) {
    return Math.log((occurrences[id] + 1) / total);
  }
}
