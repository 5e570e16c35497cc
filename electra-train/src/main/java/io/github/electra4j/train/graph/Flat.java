package io.github.electra4j.train.graph;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Rectangles read row by row. */
final class Flat {
  private Flat() {}

  static int[] ints(int[][] rows) {
    int columns = rows[0].length;
    int[] flat = new int[rows.length * columns];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * columns, columns);
    }
    return flat;
  }

  static double[] scaled(int[][] rows, double factor) {
    int[] values = ints(rows);
    double[] flat = new double[values.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values[i] * factor;
    }
    return flat;
  }

  static double[] scaled(float[][] rows, double factor) {
    int columns = rows[0].length;
    double[] flat = new double[rows.length * columns];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows[i / columns][i % columns] * factor;
    }
    return flat;
  }

  /** A column of numbers as rows of {@code seq}. */
  static double[][] matrix(INDArray column, int seq) {
    double[] values = column.dup('c').data().asDouble();
    double[][] rows = new double[values.length / seq][seq];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(values, row * seq, rows[row], 0, seq);
    }
    return rows;
  }

  /**
   * Where each row's right log-probability is in {@code [rows, vocab]}, read row by row.
   *
   * @param ids the right id of each row
   */
  static int[] targets(int[] ids, int vocab) {
    int[] flat = new int[ids.length];
    for (int row = 0; row < ids.length; row++) {
      if (ids[row] < 0 || ids[row] >= vocab) {
        throw new IllegalArgumentException(
            "The target of row %d is the id %d; the model has ids 0 to %d"
                .formatted(row, ids[row], vocab - 1));
      }
      flat[row] = Math.addExact(Math.multiplyExact(row, vocab), ids[row]);
    }
    return flat;
  }
}
