package io.github.electra4j.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What the model reads: a rectangle of tokens. All three arrays are {@code [batch][seq]}.
 *
 * @param inputIds vocabulary indices
 * @param attentionMask 1 for a real token, 0 for padding
 * @param tokenTypeIds 0 for the first segment, 1 for the second; 0 for padding
 */
public record TokenBatch(int[][] inputIds, int[][] attentionMask, int[][] tokenTypeIds) {

  /** Id of {@code [PAD]} in every vocabulary that the original works with. */
  private static final int PADDING_ID = 0;

  /** Checks that the arrays have one rectangular shape and that the mask holds 0 and 1 only. */
  public TokenBatch {
    if (inputIds.length == 0 || inputIds[0].length == 0) {
      throw new IllegalArgumentException("TokenBatch is empty; give at least one token");
    }
    requireShape("inputIds", inputIds, inputIds.length, inputIds[0].length);
    requireShape("attentionMask", attentionMask, inputIds.length, inputIds[0].length);
    requireShape("tokenTypeIds", tokenTypeIds, inputIds.length, inputIds[0].length);
    for (int row = 0; row < attentionMask.length; row++) {
      for (int column = 0; column < attentionMask[row].length; column++) {
        if ((attentionMask[row][column] & ~1) != 0) {
          throw new IllegalArgumentException(
              "TokenBatch.attentionMask[%d][%d] is %d; 1 means a real token, 0 padding"
                  .formatted(row, column, attentionMask[row][column]));
        }
      }
    }
  }

  /**
   * Pads sequences on the right to {@code seq} tokens.
   *
   * @param ids one array of vocabulary indices per sequence, each at most {@code seq} long
   * @param tokenTypes token types of the same lengths
   * @param seq length of every row of the result
   */
  public static TokenBatch padded(List<int[]> ids, List<int[]> tokenTypes, int seq) {
    int[][] inputIds = new int[ids.size()][seq];
    int[][] mask = new int[ids.size()][seq];
    int[][] types = new int[ids.size()][seq];
    for (int row = 0; row < ids.size(); row++) {
      int[] sequence = ids.get(row);
      if (sequence.length > seq || tokenTypes.get(row).length != sequence.length) {
        throw new IllegalArgumentException(
            "Sequence %d has %d ids and %d token types; both must be equal and at most %d"
                .formatted(row, sequence.length, tokenTypes.get(row).length, seq));
      }
      java.util.Arrays.fill(inputIds[row], sequence.length, seq, PADDING_ID);
      System.arraycopy(sequence, 0, inputIds[row], 0, sequence.length);
      System.arraycopy(tokenTypes.get(row), 0, types[row], 0, sequence.length);
      java.util.Arrays.fill(mask[row], 0, sequence.length, 1);
    }
    return new TokenBatch(inputIds, mask, types);
  }

  /** One unpadded sequence of the first segment, for quick use. */
  public static TokenBatch of(int... ids) {
    List<int[]> rows = new ArrayList<>();
    rows.add(ids);
    return padded(rows, List.of(new int[ids.length]), ids.length);
  }

  /** Number of sequences. */
  public int batch() {
    return inputIds.length;
  }

  /** Number of tokens per sequence, padding included. */
  public int seq() {
    return inputIds[0].length;
  }

  private static void requireShape(String field, int[][] values, int batch, int seq) {
    if (values.length != batch) {
      throw new IllegalArgumentException(
          "TokenBatch.%s has %d rows, inputIds has %d".formatted(field, values.length, batch));
    }
    for (int row = 0; row < batch; row++) {
      if (values[row].length != seq) {
        throw new IllegalArgumentException(
            "TokenBatch.%s[%d] has %d columns, inputIds[0] has %d; pad the sequences"
                .formatted(field, row, values[row].length, seq));
      }
    }
  }
}
