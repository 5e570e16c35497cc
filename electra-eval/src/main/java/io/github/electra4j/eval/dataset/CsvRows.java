package io.github.electra4j.eval.dataset;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Comma-separated rows, by RFC 4180. */
final class CsvRows implements RowSource {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  private final Path file;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private int line;

  CsvRows(Path file) throws IOException {
    this.file = file;
    this.parser = CSVParser.parse(new LineReader(Utf8Lines.open(file)), FORMAT);
    this.records = parser.iterator();
  }

  @Override
  public List<String> nextCells() throws IOException {
    try {
      line = (int) parser.getCurrentLineNumber() + 1;
      return records.hasNext() ? records.next().toList() : null;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof MalformedFileException inText) {
        throw inText;
      }
      throw MalformedFileException.saying(
          file,
          "%s, line %d: this row is not CSV: %s. Quote cells with commas, and double the quotes in them."
              .formatted(file, line, e.getCause().getMessage()));
    }
  }

  @Override
  public int line() {
    return line;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** Lines, which check the encoding, as the characters that the parser wants. */
  private static final class LineReader extends Reader {
    private final Utf8Lines lines;
    private String rest = "";

    private LineReader(Utf8Lines lines) {
      this.lines = lines;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      if (rest.isEmpty()) {
        String line = lines.next();
        if (line == null) {
          return -1;
        }
        rest = line + "\n";
      }
      int read = Math.min(length, rest.length());
      rest.getChars(0, read, buffer, offset);
      rest = rest.substring(read);
      return read;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
