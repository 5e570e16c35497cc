package io.github.electra4j.cli;

import io.github.electra4j.train.corpus.PrepareListener;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Shows how a preparation goes, in megabytes of the corpus. */
final class CorpusProgress implements PrepareListener {
  private static final long MEGABYTE = 1_000_000;

  private final Console console;
  private final BooleanSupplier stop;
  private final long started = System.nanoTime();
  private ProgressLine line;

  /**
   * @param stop whether the user wants an end
   */
  CorpusProgress(Console console, BooleanSupplier stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public void onProgress(Progress progress) {
    double seconds = (System.nanoTime() - started) / 1e9;
    at(
        progress.bytesRead(),
        progress.bytesTotal(),
        String.format(
            Locale.ROOT,
            "%,d documents %,d examples %,.0f tokens/s",
            progress.documents(),
            progress.examples(),
            progress.tokens() / Math.max(1e-9, seconds)));
  }

  /** Shows that a part of the corpus has been read. */
  void at(long bytesRead, long bytesTotal, String details) {
    if (line == null) {
      line = new ProgressLine(console, "megabytes", 0, megabytes(bytesTotal));
    }
    line.at(megabytes(bytesRead), details);
  }

  private static long megabytes(long bytes) {
    return (bytes + MEGABYTE - 1) / MEGABYTE;
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }
}
