package io.github.electra4j.serve.metric;

/** How often values fell below certain bounds. Safe for several threads. */
final class Histogram {
  private final double[] bounds;
  private final long[] counts;
  private double sum;

  /**
   * @param bounds upper bounds, inclusive, rising
   */
  Histogram(double... bounds) {
    this.bounds = bounds.clone();
    this.counts = new long[bounds.length + 1];
  }

  synchronized void record(double value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket]++;
    sum += value;
  }

  /**
   * Writes the lines of one histogram.
   *
   * @param labels e.g. {@code route="/v1/classify"}; may be empty
   */
  synchronized void write(PrometheusText text, String name, String labels) {
    String before = labels.isEmpty() ? "" : labels + ",";
    long total = 0;
    for (int i = 0; i < counts.length; i++) {
      total += counts[i];
      String bound = i < bounds.length ? PrometheusText.number(bounds[i]) : "+Inf";
      text.line(name + "_bucket", before + "le=\"" + bound + "\"", (double) total);
    }
    text.line(name + "_sum", labels, sum);
    text.line(name + "_count", labels, (double) total);
  }
}
