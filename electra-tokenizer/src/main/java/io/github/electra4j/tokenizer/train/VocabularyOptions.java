package io.github.electra4j.tokenizer.train;

/**
 * What a trained vocabulary is like.
 *
 * @param size pieces in all, special tokens included; fewer if the corpus does not yield them
 * @param minFrequency how often two neighbouring pieces must occur to be joined, and a character to
 *     belong to the alphabet; at least 1
 * @param alphabetLimit different characters at most, the most frequent; words with another one are
 *     {@code [UNK]}
 * @param unusedPieces number of pieces {@code [unused0]}, … behind the special tokens, which a user
 *     of the model may rename to add words without another size; BERT has 994
 */
public record VocabularyOptions(int size, long minFrequency, int alphabetLimit, int unusedPieces) {
  /** Occurrences without which a join would only learn a single place of the corpus by heart. */
  private static final long MIN_FREQUENCY = 2;

  private static final int ALPHABET_LIMIT = 1000;

  /** Checks the ranges. */
  public VocabularyOptions {
    require("size", size, 1);
    require("minFrequency", minFrequency, 1);
    require("alphabetLimit", alphabetLimit, 1);
    require("unusedPieces", unusedPieces, 0);
  }

  /** Pieces that occur twice or more, an alphabet of 1000 characters, no unused pieces. */
  public static VocabularyOptions ofSize(int size) {
    return new VocabularyOptions(size, MIN_FREQUENCY, ALPHABET_LIMIT, 0);
  }

  /** These options with another {@link #minFrequency()}. */
  public VocabularyOptions withMinFrequency(long minFrequency) {
    return new VocabularyOptions(size, minFrequency, alphabetLimit, unusedPieces);
  }

  /** These options with another {@link #alphabetLimit()}. */
  public VocabularyOptions withAlphabetLimit(int alphabetLimit) {
    return new VocabularyOptions(size, minFrequency, alphabetLimit, unusedPieces);
  }

  /** These options with another {@link #unusedPieces()}. */
  public VocabularyOptions withUnusedPieces(int unusedPieces) {
    return new VocabularyOptions(size, minFrequency, alphabetLimit, unusedPieces);
  }

  private static void require(String field, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "VocabularyOptions.%s is %d; give at least %d".formatted(field, value, least));
    }
  }
}
