package io.github.electra4j.convert.archive;

/**
 * How much an archive may unfold to before it is taken for a trap.
 *
 * @param maxBytes total size of all files, in bytes
 * @param maxEntries number of files and folders
 * @param maxRatio total size over the size of the archive; archives that unfold to less than 64 MiB
 *     are not held to it
 */
public record ExtractionLimits(long maxBytes, int maxEntries, int maxRatio) {
  private static final long ALWAYS_ALLOWED = 64L << 20;

  /** Checks that all limits are positive. */
  public ExtractionLimits {
    if (maxBytes < 1 || maxEntries < 1 || maxRatio < 1) {
      throw new IllegalArgumentException(
          "ExtractionLimits(%d, %d, %d): every limit must be at least 1"
              .formatted(maxBytes, maxEntries, maxRatio));
    }
  }

  /** 32 GiB, 10,000 entries, 200 times the size of the archive: ample for any checkpoint. */
  public static ExtractionLimits standard() {
    return new ExtractionLimits(32L << 30, 10_000, 200);
  }

  /** The bytes that an archive of {@code archiveSize} bytes may unfold to. */
  long bytesFor(long archiveSize) {
    long byRatio =
        archiveSize > Long.MAX_VALUE / maxRatio ? Long.MAX_VALUE : archiveSize * maxRatio;
    return Math.min(maxBytes, Math.max(ALWAYS_ALLOWED, byRatio));
  }
}
