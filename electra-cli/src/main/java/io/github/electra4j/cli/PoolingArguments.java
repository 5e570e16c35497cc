package io.github.electra4j.cli;

import io.github.electra4j.train.inference.Pooling;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How the vectors of a text's tokens become one. */
@OptionGroup(OptionGroup.INPUT)
final class PoolingArguments {
  @Option(
      names = "--pooling",
      paramLabel = "NAME",
      defaultValue = "mean",
      description =
          "cls, or over all tokens: mean, max, or mean-sqrt (sum through the root of the number).")
  private String pooling;

  /** What was asked for. */
  Pooling pooling() {
    for (Pooling each : Pooling.values()) {
      if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(pooling)) {
        return each;
      }
    }
    throw new WrongUsageException(
        "There is no pooling %s; use cls, mean, max or mean-sqrt.".formatted(pooling));
  }
}
