package io.github.electra4j.bench.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How often each side does a work. The sides take turns in blocks of several rounds, after a pause
 * and a round that is not counted: so that all meet the same weather, and the threads of one
 * library no longer spin when another one is timed.
 *
 * @param blocks turns of each side
 * @param rounds counted rounds in a turn
 */
record Rounds(int blocks, int rounds) {
  private static final long PAUSE_NANOS = 200_000_000;

  /** As many rounds as fit a budget, judged by one run of the slowest side. */
  static Rounds within(double seconds, double slowestMillis) {
    int possible = (int) (seconds * 1000 / Math.max(0.01, slowestMillis));
    return new Rounds(3, Math.max(2, Math.min(60, possible / 3)));
  }

  /** Median milliseconds of each side. */
  double[] measure(List<Runnable> sides) {
    List<List<Double>> times = new ArrayList<>();
    sides.forEach(side -> times.add(new ArrayList<>()));
    for (int block = 0; block < blocks; block++) {
      for (int side = 0; side < sides.size(); side++) {
        LockSupport.parkNanos(PAUSE_NANOS);
        sides.get(side).run();
        for (int round = 0; round < rounds; round++) {
          times.get(side).add(millis(sides.get(side)));
        }
      }
    }
    return times.stream().mapToDouble(Rounds::median).toArray();
  }

  static double millis(Runnable side) {
    long start = System.nanoTime();
    side.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
