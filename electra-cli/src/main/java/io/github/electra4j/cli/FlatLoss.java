package io.github.electra4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A loss that did not fall: the sign of a run that learnt nothing. */
final class FlatLoss {
  private static final int FEWEST_STEPS = 20;
  private static final double LEAST_FALL = 0.01;

  private FlatLoss() {}

  /**
   * What the losses of a run say, empty if they fell: the mean of the last tenth of the steps is
   * compared with that of the first tenth.
   *
   * @param log as {@link LossLog} writes it
   */
  static Optional<String> in(Path log) throws IOException {
    List<Double> losses =
        Files.readAllLines(log).stream()
            .skip(1)
            .map(row -> Double.valueOf(row.split(",", -1)[1]))
            .toList();
    if (losses.size() < FEWEST_STEPS) {
      return Optional.empty();
    }
    int tenth = losses.size() / 10;
    double first = mean(losses.subList(0, tenth));
    double last = mean(losses.subList(losses.size() - tenth, losses.size()));
    return last <= (1 - LEAST_FALL) * first
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT, "the loss did not fall (%.4f at first, %.4f at last)", first, last));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
