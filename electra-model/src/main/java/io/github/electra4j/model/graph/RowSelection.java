package io.github.electra4j.model.graph;

import io.github.electra4j.model.op.EmbeddingLookup;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Chosen rows of a flat {@code [tokens, hidden]} array: the masked positions, the {@code [CLS]}
 * vectors, the neighbours of a token. Row {@code b · seq + i} is token {@code i} of sequence {@code
 * b}.
 */
public final class RowSelection {
  /** Name of the placeholder of the rows of the first tokens. */
  static final String FIRST_TOKENS = "first_tokens";

  private RowSelection() {}

  /** Adds an INT placeholder of row numbers, {@code [rows]}. */
  public static SDVariable placeholder(SameDiff sd, String name) {
    return sd.placeHolder(name, DataType.INT32, -1);
  }

  /** The placeholder of the rows of the first tokens, INT [batch], which TokenFeeds feeds. */
  static SDVariable firstTokens(SameDiff sd) {
    return sd.hasVariable(FIRST_TOKENS)
        ? sd.getVariable(FIRST_TOKENS)
        : placeholder(sd, FIRST_TOKENS);
  }

  /** {@code hidden [tokens, hidden], rows [rows] -> [rows, hidden]}, named {@code name}. */
  public static SDVariable build(String name, SDVariable hidden, SDVariable rows) {
    return EmbeddingLookup.build(name, hidden, rows);
  }

  /** The row of the first token of every sequence: {@code 0, seq, 2·seq, …}. */
  public static int[] firstTokens(int batch, int seq) {
    int[] rows = new int[batch];
    for (int b = 0; b < batch; b++) {
      rows[b] = b * seq;
    }
    return rows;
  }

  /** The rows of {@code positions [batch][masked]}. */
  public static int[] at(int[][] positions, int seq) {
    int[][] rows = new int[positions.length][];
    for (int b = 0; b < positions.length; b++) {
      rows[b] = new int[positions[b].length];
      for (int m = 0; m < rows[b].length; m++) {
        int position = positions[b][m];
        if (position < 0 || position >= seq) {
          throw new IllegalArgumentException(
              "positions[%d][%d] is %d; sequences have %d tokens".formatted(b, m, position, seq));
        }
        rows[b][m] = b * seq + position;
      }
    }
    return TokenFeeds.flat(rows);
  }

  /** For every token the row {@code offset} tokens further on, going round within a sequence. */
  public static int[] neighbours(int batch, int seq, int offset) {
    int[] rows = new int[batch * seq];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i / seq * seq + Math.floorMod(i % seq + offset, seq);
    }
    return rows;
  }
}
