package io.github.electra4j.train.corpus;

import io.github.electra4j.train.corpus.source.CorpusChunk.InvalidUtf8;
import java.util.Objects;

/**
 * How a corpus becomes examples.
 *
 * @param maxSeqLength tokens of an example, special tokens and padding included; at least 5
 * @param shards number of files, 1 to 1000; the original makes 1000
 * @param seed of everything random
 * @param documents where documents end
 * @param maxLineTokens a longer line is cut into several, so that less is discarded of paragraphs
 *     that do not fit into an example; 0 for never, as the original
 * @param invalidUtf8 what is done with bytes that are not UTF-8
 */
public record PrepareConfig(
    int maxSeqLength,
    int shards,
    long seed,
    Documents documents,
    int maxLineTokens,
    InvalidUtf8 invalidUtf8) {
  private static final int MAX_SHARDS = 1000;
  private static final int SHORTEST = 5;

  /** Where documents end; the end of a file always ends one. */
  public enum Documents {
    /** At blank lines too. */
    BLANK_LINES,
    /** Only there; blank lines mean nothing. */
    FILES
  }

  /** Checks the ranges. */
  public PrepareConfig {
    if (maxSeqLength < SHORTEST) {
      throw new IllegalArgumentException(
          "PrepareConfig.maxSeqLength is %d; give at least %d, e.g. 128"
              .formatted(maxSeqLength, SHORTEST));
    }
    if (shards < 1 || shards > MAX_SHARDS) {
      throw new IllegalArgumentException(
          "PrepareConfig.shards is %d; give 1 to %d, since all are open at a time"
              .formatted(shards, MAX_SHARDS));
    }
    if (maxLineTokens < 0) {
      throw new IllegalArgumentException(
          "PrepareConfig.maxLineTokens is %d; give 0 for no limit, or e.g. 64"
              .formatted(maxLineTokens));
    }
    Objects.requireNonNull(documents, "documents");
    Objects.requireNonNull(invalidUtf8, "invalidUtf8");
  }

  /** As the original: 128 tokens, documents end at blank lines; 100 files, seed 0. */
  public static PrepareConfig standard() {
    return new PrepareConfig(128, 100, 0, Documents.BLANK_LINES, 0, InvalidUtf8.REFUSE);
  }

  /** This with another {@link #maxSeqLength()}. */
  public PrepareConfig withMaxSeqLength(int maxSeqLength) {
    return new PrepareConfig(maxSeqLength, shards, seed, documents, maxLineTokens, invalidUtf8);
  }

  /** This with another {@link #shards()}. */
  public PrepareConfig withShards(int shards) {
    return new PrepareConfig(maxSeqLength, shards, seed, documents, maxLineTokens, invalidUtf8);
  }

  /** This with another {@link #seed()}. */
  public PrepareConfig withSeed(long seed) {
    return new PrepareConfig(maxSeqLength, shards, seed, documents, maxLineTokens, invalidUtf8);
  }

  /** This with another {@link #documents()}. */
  public PrepareConfig withDocuments(Documents documents) {
    return new PrepareConfig(maxSeqLength, shards, seed, documents, maxLineTokens, invalidUtf8);
  }

  /** This with another {@link #maxLineTokens()}. */
  public PrepareConfig withMaxLineTokens(int maxLineTokens) {
    return new PrepareConfig(maxSeqLength, shards, seed, documents, maxLineTokens, invalidUtf8);
  }

  /** This with another {@link #invalidUtf8()}. */
  public PrepareConfig withInvalidUtf8(InvalidUtf8 invalidUtf8) {
    return new PrepareConfig(maxSeqLength, shards, seed, documents, maxLineTokens, invalidUtf8);
  }
}
