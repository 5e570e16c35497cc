package io.github.electra4j.model.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TokenBatch;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns a {@link TokenBatch} into the arrays of {@link EncoderInputs} and the rows of its first
 * tokens, after checking it.
 */
public final class TokenFeeds {
  private TokenFeeds() {}

  /**
   * The arrays by placeholder name, FLOAT and INT.
   *
   * @throws IllegalArgumentException when a sequence is longer than the position table, or an id or
   *     token type is outside its table; row and column are named
   */
  public static Map<String, INDArray> of(TokenBatch batch, ElectraConfig config) {
    requireReadable(batch, config);
    int[] positions = new int[batch.batch() * batch.seq()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i % batch.seq();
    }
    Map<String, INDArray> feeds = new HashMap<>();
    feeds.put(EncoderInputs.INPUT_IDS, Nd4j.createFromArray(flat(batch.inputIds())));
    feeds.put(EncoderInputs.TOKEN_TYPE_IDS, Nd4j.createFromArray(flat(batch.tokenTypeIds())));
    feeds.put(EncoderInputs.POSITION_IDS, Nd4j.createFromArray(positions));
    feeds.put(EncoderInputs.ATTENTION_MASK, mask(batch.attentionMask()));
    feeds.put(
        RowSelection.FIRST_TOKENS,
        Nd4j.createFromArray(RowSelection.firstTokens(batch.batch(), batch.seq())));
    return feeds;
  }

  /** Refuses what the model cannot read, as {@link #of} does. */
  static void requireReadable(TokenBatch batch, ElectraConfig config) {
    if (batch.seq() > config.maxPositions()) {
      throw new IllegalArgumentException(
          "Sequences of %d tokens do not fit the model, which reads at most %d; truncate them"
              .formatted(batch.seq(), config.maxPositions()));
    }
    requireBelow("inputIds", batch.inputIds(), config.vocabSize());
    requireBelow("tokenTypeIds", batch.tokenTypeIds(), config.tokenTypes());
  }

  /** The rows of {@code [batch][columns]} one after the other. */
  static int[] flat(int[][] rows) {
    int columns = rows[0].length;
    int[] out = new int[rows.length * columns];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, out, row * columns, columns);
    }
    return out;
  }

  private static INDArray mask(int[][] rows) {
    float[][] out = new float[rows.length][rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length; column++) {
        out[row][column] = rows[row][column];
      }
    }
    return Nd4j.createFromArray(out);
  }

  private static void requireBelow(String field, int[][] rows, int limit) {
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length; column++) {
        int id = rows[row][column];
        if (id < 0 || id >= limit) {
          throw new IllegalArgumentException(
              "TokenBatch.%s[%d][%d] is %d; the model has ids 0 to %d"
                  .formatted(field, row, column, id, limit - 1));
        }
      }
    }
  }
}
