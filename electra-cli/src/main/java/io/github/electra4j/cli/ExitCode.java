package io.github.electra4j.cli;

/** What the process tells its caller. */
final class ExitCode {
  /** All was done. */
  static final int OK = 0;

  /**
   * Something failed that is neither the command line's nor a file's fault: the network, a port,
   * the disk, memory, or the program itself.
   */
  static final int FAILURE = 1;

  /** The command line cannot be understood. */
  static final int USAGE = 2;

  /** A file, data set or checkpoint is missing, damaged or does not fit. */
  static final int BAD_INPUT = 3;

  /** All was done, but a metric is worse than the user demanded. */
  static final int BELOW_THRESHOLD = 4;

  /** Interrupted, with everything saved that is needed to go on. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
