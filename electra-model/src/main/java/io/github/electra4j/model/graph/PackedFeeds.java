package io.github.electra4j.model.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TokenBatch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns a {@link TokenBatch} into the arrays of {@link AttentionPattern.Packed}: the real tokens of
 * all sequences one after the other, so that nothing is computed for padding. Their number is
 * rounded up by a sixteenth at most, so that there are few different shapes; the rest are padding
 * tokens at the end.
 */
public final class PackedFeeds {
  /** Name of the placeholder of {@link AttentionPattern.Packed#starts}. */
  static final String SEQUENCE_STARTS = "sequence_starts";

  private static final int SMALLEST_STEP = 16;

  private PackedFeeds() {}

  /**
   * The arrays by placeholder name, INT. A sequence of nothing but padding keeps all its tokens, as
   * in a padded batch, where its scores are all shifted alike.
   *
   * @throws IllegalArgumentException as {@link TokenFeeds#of}, or when the first token of a
   *     sequence is padding while others are not
   */
  public static Map<String, INDArray> of(TokenBatch batch, ElectraConfig config) {
    TokenFeeds.requireReadable(batch, config);
    int[] starts = starts(batch);
    int[][] rows = new int[3][rounded(starts[batch.batch()])]; // ids, token types, positions
    for (int b = 0; b < batch.batch(); b++) {
      int row = starts[b];
      boolean all = starts[b + 1] - row == batch.seq();
      for (int column = 0; column < batch.seq(); column++) {
        if (all || batch.attentionMask()[b][column] == 1) {
          rows[0][row] = batch.inputIds()[b][column];
          rows[1][row] = batch.tokenTypeIds()[b][column];
          rows[2][row++] = column;
        }
      }
    }
    Map<String, INDArray> feeds = new HashMap<>();
    feeds.put(EncoderInputs.INPUT_IDS, Nd4j.createFromArray(rows[0]));
    feeds.put(EncoderInputs.TOKEN_TYPE_IDS, Nd4j.createFromArray(rows[1]));
    feeds.put(EncoderInputs.POSITION_IDS, Nd4j.createFromArray(rows[2]));
    feeds.put(SEQUENCE_STARTS, Nd4j.createFromArray(starts));
    feeds.put(
        RowSelection.FIRST_TOKENS, Nd4j.createFromArray(Arrays.copyOf(starts, batch.batch())));
    return feeds;
  }

  /** The row of every first token, and the number of tokens. */
  private static int[] starts(TokenBatch batch) {
    int[] starts = new int[batch.batch() + 1];
    for (int b = 0; b < batch.batch(); b++) {
      int[] mask = batch.attentionMask()[b];
      int real = Arrays.stream(mask).sum();
      if (real > 0 && mask[0] == 0) {
        throw new IllegalArgumentException(
            "TokenBatch.attentionMask[%d] begins with padding; put [CLS] first".formatted(b));
      }
      starts[b + 1] = starts[b] + (real == 0 ? mask.length : real);
    }
    return starts;
  }

  /** The next number of tokens that has a shape of its own. */
  static int rounded(int tokens) {
    int step = Math.max(SMALLEST_STEP, Integer.highestOneBit(tokens) / 16);
    return (tokens + step - 1) / step * step;
  }
}
