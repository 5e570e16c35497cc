package io.github.electra4j.serve.metric;

import java.math.BigDecimal;

/** The text format of Prometheus, version 0.0.4. */
final class PrometheusText {
  private final StringBuilder text = new StringBuilder();

  /** What a metric is. */
  void head(String name, String type, String help) {
    text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
  }

  /**
   * One number.
   *
   * @param labels without braces; may be empty
   */
  void line(String name, String labels, double value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(number(value)).append('\n');
  }

  /** A metric of one number. */
  void single(String name, String type, String help, double value) {
    head(name, type, help);
    line(name, "", value);
  }

  /** A number without an exponent or superfluous zeros. */
  static String number(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
