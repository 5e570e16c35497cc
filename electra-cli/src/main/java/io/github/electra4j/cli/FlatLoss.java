package io.github.electra4j.cli;

import io.github.electra4j.eval.statistics.DegenerateRun;
import io.github.electra4j.train.report.CsvTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A loss that did not fall: the sign of a run that learnt nothing. */
final class FlatLoss {
  private static final int LOSS_COLUMN = 1;

  private FlatLoss() {}

  /**
   * What the losses of a run say, empty if they fell.
   *
   * @param log as {@link LossLog} writes it
   */
  static Optional<String> in(Path log) throws IOException {
    return DegenerateRun.flatLoss(
        CsvTable.read(log).stream().mapToDouble(row -> row[LOSS_COLUMN]).toArray());
  }
}
