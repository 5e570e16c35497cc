package io.github.electra4j.eval.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tab-separated lines. */
final class TsvRows implements RowSource {
  private final Utf8Lines lines;

  TsvRows(Path file) throws IOException {
    this.lines = Utf8Lines.open(file);
  }

  @Override
  public List<String> nextCells() throws IOException {
    String line = lines.next();
    while (line != null && line.isEmpty()) {
      line = lines.next();
    }
    return line == null ? null : List.of(line.split("\t", -1));
  }

  @Override
  public int line() {
    return lines.number();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
