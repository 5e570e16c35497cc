package io.github.electra4j.train.corpus.source;

import io.github.electra4j.model.storage.MalformedFileException;

/** How much a file of a corpus may unfold to before it is taken for a trap. */
final class Budget {
  /** Text shrinks to a tenth, the same line over and over to a thousandth. */
  private static final int MAX_RATIO = 1000;

  /** Small files may be anything. */
  private static final long ALWAYS_ALLOWED = 64L << 20;

  private final String source;
  private final long limit;
  private long used;

  /**
   * @param size of the file, in bytes
   */
  Budget(String source, long size) {
    this.source = source;
    this.limit =
        Math.max(ALWAYS_ALLOWED, size > Long.MAX_VALUE / MAX_RATIO ? size : size * MAX_RATIO);
  }

  /** Counts bytes that were unfolded. */
  void spend(long bytes) throws MalformedFileException {
    used += Math.max(0, bytes);
    if (used > limit) {
      throw MalformedFileException.in(
          source,
          "it unfolds to more than %d times its size, which no text does. If it is text after all, decompress it yourself."
              .formatted(MAX_RATIO));
    }
  }
}
