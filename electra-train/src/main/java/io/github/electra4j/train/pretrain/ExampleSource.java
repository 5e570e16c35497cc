package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.corpus.ExampleShards;
import java.io.IOException;
import java.util.Arrays;

/** Examples by number, all of one length. The same number always gives the same example. */
public interface ExampleSource {
  /** Number of examples, at least 1. */
  int size();

  /** Tokens per example, padding included. */
  int seq();

  /**
   * Some examples.
   *
   * @param indices their numbers, 0 to {@code size() − 1}, at least one
   * @return [batch, seq], in the order of {@code indices}
   */
  TokenBatch read(int... indices) throws IOException;

  /** The examples of prepared files. */
  static ExampleSource of(ExampleShards shards) {
    return new ExampleSource() {
      @Override
      public int size() {
        return shards.size();
      }

      @Override
      public int seq() {
        return shards.seq();
      }

      @Override
      public TokenBatch read(int... indices) throws IOException {
        return shards.readBatch(indices);
      }
    };
  }

  /** Examples in memory, one per row. */
  static ExampleSource of(TokenBatch examples) {
    return new ExampleSource() {
      @Override
      public int size() {
        return examples.batch();
      }

      @Override
      public int seq() {
        return examples.seq();
      }

      @Override
      public TokenBatch read(int... indices) {
        return new TokenBatch(
            pick(examples.inputIds(), indices),
            pick(examples.attentionMask(), indices),
            pick(examples.tokenTypeIds(), indices));
      }

      private static int[][] pick(int[][] rows, int[] indices) {
        return Arrays.stream(indices).mapToObj(index -> rows[index]).toArray(int[][]::new);
      }
    };
  }
}
