package io.github.electra4j.cli;

import java.util.List;

/** Rows of cells in ASCII, as Markdown has them; numbers on the right. */
final class TextTable {
  private TextTable() {}

  /**
   * The table.
   *
   * @param rows the titles first; all of the same length
   */
  static String of(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder table = new StringBuilder();
    append(table, rows.get(0), widths);
    for (int i = 0; i < columns; i++) {
      table.append('|').append("-".repeat(widths[i] + 2));
    }
    table.append("|\n");
    rows.subList(1, rows.size()).forEach(row -> append(table, row, widths));
    return table.toString();
  }

  private static void append(StringBuilder table, List<String> row, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - row.get(i).length());
      boolean left = i == 0;
      table.append("| ").append(left ? row.get(i) + blanks : blanks + row.get(i)).append(' ');
    }
    table.append("|\n");
  }
}
