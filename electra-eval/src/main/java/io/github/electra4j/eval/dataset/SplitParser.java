package io.github.electra4j.eval.dataset;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses one file of a split; used once. */
final class SplitParser {
  private final GlueTask task;
  private final Split split;
  private final GlueFiles.Found found;
  private final Columns columns;
  private final int limit;
  private final List<TextExample> examples = new ArrayList<>();
  private final List<Integer> skippedLines = new ArrayList<>();
  private int fewestColumns;

  SplitParser(GlueTask task, Split split, GlueFiles.Found found, int limit) {
    this.task = task;
    this.split = split;
    this.found = found;
    this.columns = found.columns();
    this.limit = limit;
    this.fewestColumns = columns.fewest();
  }

  GlueSplit parse() throws IOException {
    boolean partial;
    try (Utf8Lines lines = Utf8Lines.open(found.file())) {
      if (columns.header()) {
        readHeader(lines);
      }
      partial = readExamples(lines);
    }
    if (examples.isEmpty()) {
      throw MalformedFileException.in(
          found.file(),
          "there is no example in it%s. Get the file again."
              .formatted(columns.header() ? " below the header" : ""));
    }
    return new GlueSplit(
        task,
        split.name(),
        found.file(),
        columns.label().isPresent(),
        partial,
        examples,
        skippedLines);
  }

  /** In files whose columns count from the end, a line cut short would pass for a whole one. */
  private void readHeader(Utf8Lines lines) throws IOException {
    String header = lines.next();
    if (header != null && columns.countFromTheEnd()) {
      fewestColumns = Math.max(fewestColumns, cells(header).length);
    }
  }

  /** Returns whether examples are left beyond the limit. */
  private boolean readExamples(Utf8Lines lines) throws IOException {
    int emptyLine = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.isBlank()) {
        emptyLine = emptyLine == 0 ? lines.number() : emptyLine;
        continue;
      }
      if (examples.size() == limit) {
        return true;
      }
      if (emptyLine > 0) {
        throw MalformedFileException.saying(
            found.file(),
            "%s, line %d: the line is empty but others follow. Remove it."
                .formatted(found.file(), emptyLine));
      }
      readExample(lines, cells(line));
    }
    return false;
  }

  private void readExample(Utf8Lines lines, String[] cells) throws MalformedFileException {
    if (cells.length >= fewestColumns) {
      examples.add(example(lines, cells));
    } else if (skippedLines.size() < split.brokenLines()) {
      skippedLines.add(lines.number());
    } else {
      throw lines.malformed(
          ("found %d column(s), wanted at least %d separated by tabs%s: \"%s\". Complete the "
                  + "line or remove it.")
              .formatted(
                  cells.length,
                  fewestColumns,
                  skippedLines.isEmpty()
                      ? ""
                      : " (%d such lines were skipped before)".formatted(skippedLines.size()),
                  Quoted.shortened(String.join("\t", cells))));
    }
  }

  private TextExample example(Utf8Lines lines, String[] cells) throws MalformedFileException {
    String label =
        columns.label().isPresent()
            ? label(lines, cell(cells, columns.label().getAsInt()))
            : task.target().placeholder();
    return new TextExample(
        lines.number() - (columns.header() ? 2L : 1L),
        cell(cells, columns.textA()),
        columns.textB().isPresent() ? cell(cells, columns.textB().getAsInt()) : "",
        label);
  }

  private String label(Utf8Lines lines, String label) throws MalformedFileException {
    Optional<String> fault = task.target().fault(label);
    if (fault.isPresent()) {
      throw lines.malformed(
          "%s. Correct the line, or check that the file belongs to task %s."
              .formatted(fault.get(), task.name()));
    }
    return label;
  }

  private static String[] cells(String line) {
    return line.split("\t", -1);
  }

  private static String cell(String[] cells, int column) {
    return cells[column < 0 ? cells.length + column : column];
  }
}
