package io.github.electra4j.train.graph;

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
}
