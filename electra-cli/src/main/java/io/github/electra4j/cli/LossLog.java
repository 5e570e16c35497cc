package io.github.electra4j.cli;

import io.github.electra4j.train.StepReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A CSV file with a row per step. */
final class LossLog implements AutoCloseable {
  private static final String HEADER =
      "step,loss_per_example,learning_rate,gradient_norm,examples,tokens,examples_per_second";

  private final BufferedWriter writer;

  private LossLog(BufferedWriter writer) {
    this.writer = writer;
  }

  /**
   * Opens the log of a run.
   *
   * @param first steps that the run has behind it; rows beyond them, left by a run that was killed,
   *     are dropped, as is a last row that was cut off, and all rows of an older run when it is 0
   */
  static LossLog open(Path file, long first) throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add(HEADER);
    if (first > 0 && Files.exists(file)) {
      String text = Files.readString(file);
      for (String row : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        int comma = row.indexOf(',');
        if (comma > 0
            && row.substring(0, comma).matches("\\d+")
            && Long.parseLong(row.substring(0, comma)) <= first) {
          rows.add(row);
        }
      }
    }
    Files.write(file, rows, StandardCharsets.UTF_8);
    return new LossLog(Files.newBufferedWriter(file, StandardOpenOption.APPEND));
  }

  /** Adds a row. */
  void add(StepReport report, double examplesPerSecond) throws IOException {
    writer.write(
        String.format(
            Locale.ROOT,
            "%d,%.6g,%.6g,%.6g,%d,%d,%.1f\n",
            report.step(),
            report.meanLoss(),
            report.learningRate(),
            report.gradientNorm(),
            report.examples(),
            report.tokens(),
            examplesPerSecond));
  }

  /** Writes out what was added. */
  void flush() throws IOException {
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
