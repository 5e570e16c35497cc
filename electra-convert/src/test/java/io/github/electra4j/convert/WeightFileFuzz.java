package io.github.electra4j.convert;

import io.github.electra4j.model.storage.TemporaryFolder;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The long run of {@link WeightFileFuzzTest}, started by {@code .ci/fuzz FORMAT COUNT SEED}, e.g.
 * {@code HDF5 20000 1}; {@code ALL} stands for every format. A crash of the JVM shows as such, and
 * a file that keeps a reader busy for more than five seconds ends the run.
 */
final class WeightFileFuzz {
  private static final long LONGEST = 5_000_000_000L;

  /** A file and when its reading began. */
  private record Reading(String where, long since) {}

  private WeightFileFuzz() {}

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    AtomicReference<Optional<Reading>> current = new AtomicReference<>(Optional.empty());
    Thread watch = new Thread(() -> watch(current), "watch");
    watch.setDaemon(true);
    watch.start();
    FuzzedFormat[] formats =
        arguments[0].equals("ALL")
            ? FuzzedFormat.values()
            : new FuzzedFormat[] {FuzzedFormat.valueOf(arguments[0])};
    for (FuzzedFormat format : formats) {
      run(format, count, seed, current);
    }
  }

  private static void run(
      FuzzedFormat format, int count, long seed, AtomicReference<Optional<Reading>> current)
      throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      int accepted =
          format.run(
              folder.path(),
              count,
              seed,
              where -> current.set(Optional.of(new Reading(where, now()))));
      current.set(Optional.empty()); // the making of the next format's file is not watched
      System.out.printf(
          "%s seed=%d: %d mutants, %d accepted, %d refused%n",
          format, seed, count, accepted, count - accepted);
    }
  }

  private static void watch(AtomicReference<Optional<Reading>> current) {
    try {
      while (true) {
        Thread.sleep(500);
        Optional<Reading> reading = current.get();
        if (reading.isPresent() && now() - reading.get().since() > LONGEST) {
          System.err.println(reading.get().where() + ": still reading after five seconds");
          Runtime.getRuntime().halt(1);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long now() {
    return System.nanoTime();
  }
}
