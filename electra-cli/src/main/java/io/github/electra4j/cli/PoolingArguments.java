package io.github.electra4j.cli;

import io.github.electra4j.train.inference.Pooling;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How the vectors of a text's tokens become one. */
@OptionGroup(OptionGroup.INPUT)
final class PoolingArguments {
  @Option(
      names = "--pooling",
      paramLabel = "POOLING",
      defaultValue = "mean",
      completionCandidates = Names.class,
      description =
          "cls, or over all tokens: mean, max, or mean-sqrt (sum through the root of the number).")
  private String pooling;

  /** What can be asked for. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Pooling.values()).map(PoolingArguments::name).iterator();
    }
  }

  private static String name(Pooling pooling) {
    return pooling.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What was asked for. */
  Pooling pooling() {
    for (Pooling each : Pooling.values()) {
      if (name(each).equals(pooling)) {
        return each;
      }
    }
    throw new WrongUsageException(
        "There is no pooling %s; use cls, mean, max or mean-sqrt.".formatted(pooling));
  }
}
