package io.github.electra4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Rows of a UTF-8 file with named columns, one at a time, by the ending of its name: {@code .csv}
 * (RFC 4180: commas, quotes, line breaks within quotes), {@code .tsv} (tabs, quotes mean nothing)
 * with the names in the first row, {@code .jsonl} with an object per line.
 */
final class TextRows implements Closeable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final Format format;
  private final InputStream in;
  private final Utf8Lines lines;
  private final List<String> columns;
  private int line;

  private enum Format {
    CSV,
    TSV,
    JSONL
  }

  private TextRows(Path file, Format format, InputStream in) throws IOException {
    this.file = file;
    this.format = format;
    this.in = in;
    this.lines = new Utf8Lines(in, file.toString());
    this.columns = format == Format.JSONL ? List.of() : header();
  }

  /**
   * Opens a file.
   *
   * @throws MalformedFileException when its name has another ending, or its columns no names
   */
  static TextRows open(Path file) throws IOException {
    String name = InputFiles.existing(file).getFileName().toString().toLowerCase(Locale.ROOT);
    Format format;
    if (name.endsWith(".csv")) {
      format = Format.CSV;
    } else if (name.endsWith(".tsv")) {
      format = Format.TSV;
    } else if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      format = Format.JSONL;
    } else {
      throw MalformedFileException.in(
          file, "the ending of its name does not tell what it holds. Use .csv, .tsv or .jsonl.");
    }
    InputStream in = Files.newInputStream(file);
    try {
      return new TextRows(file, format, in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Number of the line that the last row ended in, from 1. */
  int line() {
    return line;
  }

  /**
   * The value of every column of the next row, or null after the last. Empty lines are skipped.
   *
   * @throws MalformedFileException naming the line, when a row has more or fewer cells than there
   *     are columns, or is no JSON object
   */
  Map<String, String> next() throws IOException {
    String text = nextLine();
    while (text != null && text.isBlank()) {
      text = nextLine();
    }
    if (text == null) {
      return null;
    }
    return format == Format.JSONL ? object(text) : named(cells(text));
  }

  /** The problem with the last row. */
  MalformedFileException malformed(String problem) {
    return MalformedFileException.saying(file, "%s, line %d: %s".formatted(file, line, problem));
  }

  /** The value of a column. */
  String value(Map<String, String> row, String column) throws MalformedFileException {
    String value = row.get(column);
    if (value == null) {
      throw malformed(
          "there is no column \"%s\", only %s. Name another one."
              .formatted(column, List.copyOf(row.keySet())));
    }
    return value;
  }

  private String nextLine() throws IOException {
    String text = lines.next();
    line++;
    return text != null && line == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private List<String> header() throws IOException {
    String first = nextLine();
    if (first == null) {
      throw MalformedFileException.in(file, "it is empty. Its first line must name the columns.");
    }
    List<String> names = cells(first);
    Set<String> seen = new LinkedHashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw malformed("two columns are called \"%s\". Rename one.".formatted(name));
      }
    }
    return names;
  }

  private Map<String, String> named(List<String> cells) throws MalformedFileException {
    if (cells.size() != columns.size()) {
      throw malformed(
          "found %d cell(s) for the %d columns %s. Complete the line, or quote what is in it."
              .formatted(cells.size(), columns.size(), columns));
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    return row;
  }

  private Map<String, String> object(String text) throws MalformedFileException {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw malformed("this is not JSON. Write an object per line, e.g. {\"text\": \"...\"}.");
    }
    if (!node.isObject()) {
      throw malformed("this is no JSON object. Write e.g. {\"text\": \"...\"}.");
    }
    Map<String, String> row = new LinkedHashMap<>();
    node.properties()
        .forEach(
            each -> {
              if (each.getValue().isValueNode() && !each.getValue().isNull()) {
                row.put(each.getKey(), each.getValue().asText());
              }
            });
    return row;
  }

  private List<String> cells(String text) throws IOException {
    return format == Format.TSV ? List.of(text.split("\t", -1)) : quoted(text);
  }

  /** The cells of a CSV row, which goes on in the next lines while a quote is open. */
  private List<String> quoted(String first) throws IOException {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean inside = false;
    String text = first;
    int opened = line;
    for (int at = 0; ; at++) {
      if (at >= text.length()) {
        if (!inside) {
          cells.add(cell.toString());
          return cells;
        }
        cell.append('\n');
        text = nextLine();
        at = -1;
        if (text == null) {
          line = opened;
          throw malformed("a quote is opened and never closed. Close it, or double it.");
        }
        continue;
      }
      char c = text.charAt(at);
      if (inside) {
        boolean doubled = c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"';
        if (doubled) {
          cell.append(text.charAt(++at));
        } else if (c == '"') {
          inside = false;
        } else {
          cell.append(c);
        }
      } else if (c == '"' && cell.isEmpty()) {
        inside = true;
        opened = line;
      } else if (c == ',') {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
