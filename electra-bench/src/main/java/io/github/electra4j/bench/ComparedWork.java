package io.github.electra4j.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One thing that both sides do with every line of a text.
 *
 * @param name of the work in the report
 * @param text what it is done with
 * @param ours our side; returns something that depends on the result, so that it is not left out
 * @param peer the other side
 */
record ComparedWork(
    String name, BenchmarkText text, ToLongFunction<String> ours, ToLongFunction<String> peer) {

  private static final long MIN_ROUND_NANOS = 300_000_000;

  /** Medians over rounds in which the two sides take turns, in megabytes (10⁶) per second. */
  record Result(String name, double ours, double peer) {
    double ratio() {
      return ours / peer;
    }
  }

  /**
   * Measures.
   *
   * @param warmUps rounds that are not counted
   * @param rounds rounds that are
   */
  Result measure(int warmUps, int rounds) {
    List<Double> oursSpeeds = new ArrayList<>();
    List<Double> peerSpeeds = new ArrayList<>();
    double megabytes = text.bytes() / 1e6;
    for (int round = 0; round < warmUps + rounds; round++) {
      double oursSpeed = speed(ours, megabytes);
      double peerSpeed = speed(peer, megabytes);
      if (round >= warmUps) {
        oursSpeeds.add(oursSpeed);
        peerSpeeds.add(peerSpeed);
      }
    }
    return new Result(name, median(oursSpeeds), median(peerSpeeds));
  }

  /** Does the whole text, again and again until a third of a second is over. */
  private double speed(ToLongFunction<String> side, double megabytes) {
    long sum = 0;
    int passes = 0;
    long start = System.nanoTime();
    long nanos;
    do {
      for (String line : text.lines()) {
        sum += side.applyAsLong(line);
      }
      passes++;
      nanos = System.nanoTime() - start;
    } while (nanos < MIN_ROUND_NANOS);
    if (sum == 0) {
      throw new IllegalStateException("%s made nothing of %s".formatted(name, text.name()));
    }
    return passes * megabytes / (nanos / 1e9);
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    int middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : (values.get(middle - 1) + values.get(middle)) / 2;
  }
}
