package io.github.electra4j.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far something is, on standard error: a status that is rewritten on a terminal, and a new line
 * every ten seconds elsewhere.
 */
final class ProgressLine {
  private static final long NANOS = 1_000_000_000L;
  private static final long TERMINAL_PAUSE = NANOS / 5;
  private static final long PLAIN_PAUSE = 10 * NANOS;

  private final Console console;
  private final LongSupplier clock;
  private final String what;
  private final long total;
  private final long first;
  private final long started;
  private long shown;

  /**
   * @param what name of the work, e.g. {@code fine-tuning}
   * @param first units done before
   * @param total units in all
   */
  ProgressLine(Console console, String what, long first, long total) {
    this(console, what, first, total, System::nanoTime);
  }

  ProgressLine(Console console, String what, long first, long total, LongSupplier clock) {
    this.console = console;
    this.clock = clock;
    this.what = what;
    this.total = total;
    this.first = first;
    this.started = clock.getAsLong();
    this.shown = started;
  }

  /**
   * Shows that {@code done} units are done, unless it showed something a moment ago.
   *
   * @param details e.g. the loss; may be empty
   */
  void at(long done, String details) {
    long now = clock.getAsLong();
    if (now - shown >= (console.isTerminal() ? TERMINAL_PAUSE : PLAIN_PAUSE)) {
      shown = now;
      console.status(line(done, now, details));
    }
  }

  private String line(long done, long now, String details) {
    double elapsed = (now - started) / (double) NANOS;
    long left = done <= first ? 0 : (long) (elapsed * (total - done) / (done - first));
    return String.format(
        Locale.ROOT,
        "%s %d/%d %d%% ETA %s%s",
        what,
        done,
        total,
        100 * done / Math.max(1, total),
        time(left),
        details.isEmpty() ? "" : "  " + details);
  }

  /** Seconds as {@code 0:05}, {@code 1:05} or {@code 1:00:00}. */
  static String time(long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    return duration.toHours() == 0
        ? "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart())
        : "%d:%02d:%02d"
            .formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
  }
}
