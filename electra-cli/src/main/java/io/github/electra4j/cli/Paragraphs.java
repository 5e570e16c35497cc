package io.github.electra4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;

/**
 * The description of an option as a paragraph: broken between words where its column ends, and
 * nowhere else. A line that begins with blanks, as that of the default, stays one of its own.
 */
final class Paragraphs {
  private static final String INDENT = "  ";

  private Paragraphs() {}

  /**
   * The rows of an option with its description set anew.
   *
   * @param rows cells, of which the last is of the description
   * @param layout where they will be put
   */
  static Text[][] of(Text[][] rows, Help.Layout layout) {
    Column[] columns = layout.textTable().columns();
    Column column = columns[columns.length - 1];
    Text empty = layout.colorScheme().text("");
    Text indent = layout.colorScheme().text(INDENT);
    List<Text[]> set = new ArrayList<>();
    for (Text[] row : joined(rows)) {
      int last = row.length - 1;
      List<Text> lines = broken(row[last], column.width - column.indent - 1);
      for (int i = 0; i < lines.size(); i++) {
        Text[] cells = row.clone();
        if (i > 0) {
          Arrays.fill(cells, empty);
        }
        cells[last] = i > 0 ? indent.concat(lines.get(i)) : lines.get(i);
        set.add(cells);
      }
    }
    return set.toArray(Text[][]::new);
  }

  private static List<Text[]> joined(Text[][] rows) {
    List<Text[]> joined = new ArrayList<>();
    for (Text[] row : rows) {
      int last = row.length - 1;
      String line = row[last].plainString();
      if (joined.isEmpty() || line.isEmpty() || line.startsWith(" ")) {
        joined.add(row.clone());
      } else {
        Text[] before = joined.get(joined.size() - 1);
        before[last] = before[last].concat(" ").concat(row[last]);
      }
    }
    return joined;
  }

  /** A text in lines of at most so many characters, the indent of all but the first included. */
  private static List<Text> broken(Text text, int width) {
    String plain = text.plainString();
    List<Text> lines = new ArrayList<>();
    int start = 0;
    int room = width;
    while (plain.length() - start > room) {
      int end = plain.lastIndexOf(' ', start + room);
      if (end <= start + INDENT.length()) {
        break; // a single word
      }
      lines.add(text.substring(start, end));
      start = end + 1;
      room = width - INDENT.length();
    }
    lines.add(text.substring(start));
    return lines;
  }
}
