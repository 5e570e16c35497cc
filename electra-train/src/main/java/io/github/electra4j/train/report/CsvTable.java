package io.github.electra4j.train.report;

import io.github.electra4j.model.storage.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A CSV file with a row of numbers per step, the step first; a cell is empty where there is no
 * number, which is NaN here. Every row is on the disk when {@link #add} returns.
 */
public final class CsvTable implements AutoCloseable {
  private final List<String> columns;
  private final BufferedWriter writer;

  private CsvTable(List<String> columns, BufferedWriter writer) {
    this.columns = columns;
    this.writer = writer;
  }

  /**
   * Opens a table, creating it if it is not there.
   *
   * @param columns names of the columns after the step
   * @param first steps that the run has behind it; rows beyond them, left by a run that was killed,
   *     are dropped, as is a last row that was cut off
   */
  public static CsvTable open(Path file, List<String> columns, long first) throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("step," + String.join(",", columns));
    if (first > 0 && Files.exists(file)) {
      for (String row : complete(file)) {
        if (row.matches("\\d{1,18},.*")
            && Long.parseLong(row.substring(0, row.indexOf(','))) <= first) {
          rows.add(row);
        }
      }
    }
    byte[] kept = (String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), kept)) {
      AtomicFile.write(file, kept, true); // whoever is killed meanwhile loses no row
    }
    return new CsvTable(
        List.copyOf(columns), Files.newBufferedWriter(file, StandardOpenOption.APPEND));
  }

  /**
   * The rows of numbers of a table, its header left out; a row that was cut off is left out too.
   */
  public static List<double[]> read(Path file) throws IOException {
    List<double[]> rows = new ArrayList<>();
    for (String row : complete(file)) {
      if (row.matches("\\d+,.*")) {
        String[] cells = row.split(",", -1);
        double[] values = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
          values[i] = cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]);
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static List<String> complete(Path file) throws IOException {
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /** Adds a row: a value for every column, NaN for none. */
  public void add(long step, List<Double> values) throws IOException {
    if (values.size() != columns.size()) {
      throw new IllegalArgumentException(
          "There are %d values for the columns %s".formatted(values.size(), columns));
    }
    String cells =
        values.stream()
            .map(value -> value.isNaN() ? "" : String.format(Locale.ROOT, "%.7g", value))
            .collect(Collectors.joining(","));
    writer.write(step + "," + cells + "\n");
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
