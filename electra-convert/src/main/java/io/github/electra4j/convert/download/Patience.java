package io.github.electra4j.convert.download;

/**
 * How long to wait for a server, and how often to try again.
 *
 * @param connect milliseconds for a connection
 * @param read milliseconds without a single byte
 * @param attempts how often in all, at least 1; an attempt that got some bytes does not count
 * @param pause milliseconds before the second attempt, twice as many before each further one
 */
public record Patience(int connect, int read, int attempts, int pause) {
  /** Checks the numbers. */
  public Patience {
    if (connect < 1 || read < 1 || attempts < 1 || pause < 0) {
      throw new IllegalArgumentException(
          "Patience(%d, %d, %d, %d): waits and attempts must be at least 1"
              .formatted(connect, read, attempts, pause));
    }
  }

  /** 20 s for a connection, 60 s for a byte, 4 attempts, the second after 1 s. */
  public static Patience standard() {
    return new Patience(20_000, 60_000, 4, 1000);
  }
}
