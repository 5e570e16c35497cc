package io.github.electra4j.model.op;

import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle of a matrix: one task's share. How a matrix is cut depends on its shape alone, so
 * that results do not depend on the number of threads.
 */
record Tile(int row, int rows, int column, int columns) {
  /** Rows per tile of a tall matrix: enough to repay the packing of the weights they meet. */
  private static final int TALL_ROWS = 256;

  private static final int SHORT_ROWS = 64;
  private static final int SHORT_LIMIT = 512;
  private static final int FEWEST_ROWS = 16;
  private static final int COLUMNS = 256;
  private static final int FEW_COLUMNS = 128;

  /** Whether a matrix has so few rows that reading the weights twice costs more than it saves. */
  static boolean isShort(int rows) {
    return rows < SHORT_LIMIT;
  }

  /** Bands of whole rows, an even number of them where there are enough rows. */
  static List<Tile> bands(int rows, int columns) {
    int most = isShort(rows) ? SHORT_ROWS : TALL_ROWS;
    int count = divideUp(rows, most);
    if (rows >= FEWEST_ROWS) {
      count += count % 2;
    }
    return cut(rows, columns, divideUp(rows, count), columns);
  }

  /** Rectangles of a tall matrix that stay in the cache, whole columns of a short one. */
  static List<Tile> of(int rows, int columns) {
    if (!isShort(rows)) {
      return cut(rows, columns, TALL_ROWS, COLUMNS);
    }
    return cut(rows, columns, rows, columns >= 4 * COLUMNS ? COLUMNS : FEW_COLUMNS);
  }

  /** Squares, for the product of two tall matrices. */
  static List<Tile> squares(int rows, int columns) {
    boolean small = (long) rows * columns <= 2L * COLUMNS * COLUMNS;
    return cut(rows, columns, COLUMNS, small ? FEW_COLUMNS : COLUMNS);
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
