package io.github.electra4j.convert.verify;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TokenBatch;
import java.util.SplittableRandom;

/** Ids that depend on nothing but a seed: full sequences and padded ones, one and two segments. */
final class SeededInput {
  private SeededInput() {}

  /** A batch that both architectures can read. */
  static TokenBatch of(ElectraConfig first, ElectraConfig second, VerifyOptions options) {
    int vocabulary = Math.min(first.vocabSize(), second.vocabSize());
    int types = Math.min(first.tokenTypes(), second.tokenTypes());
    int seq = Math.min(options.seq(), Math.min(first.maxPositions(), second.maxPositions()));
    int[][] ids = new int[options.batch()][seq];
    int[][] mask = new int[options.batch()][seq];
    int[][] segments = new int[options.batch()][seq];
    SplittableRandom random = new SplittableRandom(options.seed());
    for (int row = 0; row < options.batch(); row++) {
      int length = row == 0 || seq == 1 ? seq : 1 + random.nextInt(seq);
      int start = random.nextInt(length + 1);
      for (int column = 0; column < length; column++) {
        ids[row][column] = random.nextInt(vocabulary);
        mask[row][column] = 1;
        segments[row][column] = types > 1 && column >= start ? 1 : 0;
      }
    }
    return new TokenBatch(ids, mask, segments);
  }
}
