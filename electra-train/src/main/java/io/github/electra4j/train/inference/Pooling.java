package io.github.electra4j.train.inference;

/** How the vectors of a text's tokens become one. */
public enum Pooling {
  /** The vector of {@code [CLS]}; of a long text the mean over its windows. */
  CLS,
  /** The mean over all tokens but the special ones. */
  MEAN,
  /** The largest value of every dimension over all tokens but the special ones. */
  MAX,
  /** The sum over all tokens but the special ones, divided by the root of their number. */
  MEAN_SQRT;

  /** Tokens from here on count. */
  int first() {
    return this == CLS ? 0 : 1;
  }

  /** Tokens up to before this one count, of {@code length}. */
  int end(int length) {
    return this == CLS ? 1 : length - 1;
  }

  /** Takes one token's value into what was gathered. */
  double gather(double gathered, double value, boolean first) {
    if (first) {
      return value;
    }
    return this == MAX ? Math.max(gathered, value) : gathered + value;
  }

  /** The result of {@code count} values, at least 1. */
  double result(double gathered, int count) {
    return switch (this) {
      case CLS, MEAN -> gathered / count;
      case MAX -> gathered;
      case MEAN_SQRT -> gathered / Math.sqrt(count);
    };
  }
}
