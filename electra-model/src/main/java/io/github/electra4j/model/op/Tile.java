package io.github.electra4j.model.op;

import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle of a matrix: one task's share. How a matrix is cut depends on its shape alone, so
 * that results do not depend on the number of threads. Every product packs the weights it meets,
 * which costs as much as some tens of rows: tiles of tall matrices are tall.
 */
record Tile(int row, int rows, int column, int columns) {
  private static final int TALL_ROWS = 1024;
  private static final int SHORT_LIMIT = 512;
  private static final int SHORT_ROWS = 64;
  private static final int FEWEST_ROWS = 16;
  private static final int COLUMNS = 256;
  private static final int FEW_COLUMNS = 128;
  private static final int LONGEST_SIDE = 512;

  /** Whether a matrix has so few rows that reading the weights twice costs more than it saves. */
  static boolean isShort(int rows) {
    return rows < SHORT_LIMIT;
  }

  /** Bands of whole rows, an even number of them where there are enough rows. */
  static List<Tile> bands(int rows, int columns) {
    int count = divideUp(rows, isShort(rows) ? SHORT_ROWS : TALL_ROWS);
    if (rows >= FEWEST_ROWS) {
      count += count % 2;
    }
    return cut(rows, columns, divideUp(rows, count), columns);
  }

  /** Bands of whole rows of a tall matrix, whole columns of a short one. */
  static List<Tile> of(int rows, int columns) {
    return isShort(rows)
        ? cut(rows, columns, rows, columns >= 4 * COLUMNS ? COLUMNS : FEW_COLUMNS)
        : bands(rows, columns);
  }

  /** Bands across the longer side, at least two, for the product of two tall matrices. */
  static List<Tile> acrossLongerSide(int rows, int columns) {
    int longer = Math.max(rows, columns);
    int side = divideUp(longer, Math.max(2, divideUp(longer, LONGEST_SIDE)));
    return rows >= columns ? cut(rows, columns, side, columns) : cut(rows, columns, rows, side);
  }

  private static int divideUp(int value, int divisor) {
    return (value + divisor - 1) / divisor;
  }

  private static List<Tile> cut(int rows, int columns, int height, int width) {
    List<Tile> tiles = new ArrayList<>();
    for (int row = 0; row < rows; row += height) {
      for (int column = 0; column < columns; column += width) {
        tiles.add(
            new Tile(row, Math.min(height, rows - row), column, Math.min(width, columns - column)));
      }
    }
    return tiles;
  }
}
