package io.github.electra4j.train.graph;

import io.github.electra4j.model.graph.NativeFloats;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The generator's logits at the chosen positions of a batch, read one slot at a time. Safe for
 * several readers at once, each with its own buffer.
 */
public final class SlotLogits {
  private final INDArray logits;
  private final NativeFloats floats;
  private final int[][] rows;
  private final int vocab;

  private SlotLogits(INDArray logits, int[][] rows, int vocab) {
    this.logits = logits;
    this.floats =
        logits != null && logits.dataType() == DataType.FLOAT ? NativeFloats.of(logits) : null;
    this.rows = rows;
    this.vocab = vocab;
  }

  /** Rows in the order of the slots, {@code logits [batch · slots, vocab]}. */
  static SlotLogits inOrder(INDArray logits, int slots) {
    int[][] rows = new int[(int) logits.size(0) / slots][slots];
    for (int row = 0; row < rows.length; row++) {
      for (int slot = 0; slot < slots; slot++) {
        rows[row][slot] = row * slots + slot;
      }
    }
    return new SlotLogits(logits, rows, (int) logits.size(1));
  }

  /** Rows at the slots' positions among those of all tokens, {@code logits [tokens, vocab]}. */
  static SlotLogits atPositions(INDArray logits, int[][] positions, int seq) {
    int[][] rows = new int[positions.length][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = positions[row].clone();
      for (int slot = 0; slot < rows[row].length; slot++) {
        rows[row][slot] += row * seq;
      }
    }
    return new SlotLogits(logits, rows, (int) logits.size(1));
  }

  /** The logits of a generator that knows nothing: all zero. */
  static SlotLogits zeros(int vocab) {
    return new SlotLogits(null, new int[0][], vocab);
  }

  /** Whether all logits are zero, so that every token is equally likely. */
  public boolean areZero() {
    return logits == null;
  }

  /** Number of logits per slot. */
  public int vocab() {
    return vocab;
  }

  /** Copies the logits of a slot into {@code into}, of {@link #vocab} elements. */
  public void read(int row, int slot, double[] into) {
    if (areZero()) {
      java.util.Arrays.fill(into, 0);
    } else {
      readRow(rows[row][slot], into);
    }
  }

  private void readRow(int row, double[] into) {
    if (floats == null) {
      System.arraycopy(logits.getRow(row).toDoubleVector(), 0, into, 0, vocab);
      return;
    }
    float[] block = new float[vocab];
    floats.get((long) row * vocab, block);
    for (int i = 0; i < vocab; i++) {
      into[i] = block[i];
    }
  }

  /**
   * Log-probability of a token among all logits of a row.
   *
   * @param row of the array of logits, not of the batch
   * @param buffer of {@link #vocab} elements
   */
  double logProbability(int row, int id, double[] buffer) {
    readRow(row, buffer);
    return buffer[id] - logSum(buffer);
  }

  /** {@code log Σ e^x}. */
  static double logSum(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }
}
