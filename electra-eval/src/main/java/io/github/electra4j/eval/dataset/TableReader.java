package io.github.electra4j.eval.dataset;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a file with named columns, one after the other. The first line of CSV and TSV names
 * the columns; the keys of a JSON object are its columns. A cell that goes over several lines has
 * {@code \n} between them. Example: of {@code text,label\n"fine, really",1\n} the only row is
 * {@code {text=fine, really, label=1}}.
 */
public final class TableReader implements Closeable {
  private final Path file;
  private final RowSource source;
  private final List<String> columns;
  private boolean any;

  private TableReader(Path file, RowSource source) throws IOException {
    this.file = file;
    this.source = source;
    this.columns = source.namesColumns() ? header() : List.of();
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws java.io.FileNotFoundException if it is not there
   * @throws MalformedFileException if a column has no name, or two have the same
   */
  public static TableReader open(Path file, TableFormat format) throws IOException {
    RowSource source =
        switch (format) {
          case CSV -> new CsvRows(file);
          case TSV -> new TsvRows(file);
          case JSONL -> new JsonRows(file);
        };
    try {
      return new TableReader(file, source);
    } catch (IOException e) {
      source.close();
      throw e;
    }
  }

  private List<String> header() throws IOException {
    List<String> names = source.nextCells();
    if (names == null) {
      throw MalformedFileException.in(file, "it is empty. Its first line must name the columns.");
    }
    Set<String> seen = new LinkedHashSet<>();
    for (String name : names) {
      if (name.isBlank()) {
        throw malformed("a column has no name. Give every column one.");
      }
      if (!seen.add(name)) {
        throw malformed("two columns are called \"%s\". Rename one.".formatted(name));
      }
    }
    return List.copyOf(names);
  }

  /**
   * The next row, or null after the last.
   *
   * @return cells by column, in the order of the file
   * @throws MalformedFileException if a row has another number of cells than the header, or if
   *     there is no row at all
   */
  public Map<String, String> next() throws IOException {
    Map<String, String> row = source.namesColumns() ? named(source.nextCells()) : source.nextRow();
    if (row == null && !any) {
      throw MalformedFileException.in(file, "there is no row in it. Give a file with some.");
    }
    any = true;
    return row;
  }

  private Map<String, String> named(List<String> cells) throws MalformedFileException {
    if (cells == null) {
      return null;
    }
    if (cells.size() != columns.size()) {
      throw malformed(
          "found %d cell(s) for the %d columns %s. Complete the row, or quote what is in it."
              .formatted(cells.size(), columns.size(), columns));
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    return row;
  }

  /**
   * The cell of the last row in a column.
   *
   * @throws MalformedFileException naming the line, if there is no such column
   */
  public String cell(Map<String, String> row, String column) throws MalformedFileException {
    String cell = row.get(column);
    if (cell == null) {
      throw malformed(
          "there is no column \"%s\"; there are %s. Name one of these."
              .formatted(column, List.copyOf(row.keySet())));
    }
    return cell;
  }

  /** Number of the line in which the last row begins, from 1. */
  public int line() {
    return source.line();
  }

  /**
   * The exception for a problem in the last row.
   *
   * @param problem what is wrong and what to do; file and line are put before it
   */
  public MalformedFileException malformed(String problem) {
    return MalformedFileException.saying(
        file, "%s, line %d: %s".formatted(file, source.line(), problem));
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
