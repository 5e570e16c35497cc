package io.github.electra4j.train.answer;

import io.github.electra4j.tokenizer.BasicTokenizer;

/**
 * Takes from the words of a text the part that the pieces of an answer stand for: their case and
 * accents are gone and parts of words may be missing. Example: "steve smith" in "Steve Smith's" is
 * "Steve Smith".
 */
final class FinalText {
  private final BasicTokenizer tokenizer;

  FinalText(BasicTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * A part of the original words.
   *
   * @param start UTF-16 offset in the words
   * @param end UTF-16 offset behind the part
   */
  record Part(int start, int end) {}

  /**
   * The part of {@code original} that {@code predicted} stands for; all of it if that cannot be
   * told.
   */
  Part of(String predicted, String original) {
    Part all = new Part(0, original.length());
    String tokenized = String.join(" ", tokenizer.tokenize(original));
    int found = tokenized.indexOf(predicted);
    if (found < 0 || predicted.isEmpty()) {
      return all;
    }
    int[] originalPlaces = places(original);
    int[] tokenizedPlaces = places(tokenized);
    if (originalPlaces.length != tokenizedPlaces.length) {
      return all;
    }
    int first = indexOf(tokenizedPlaces, found);
    int lastCharacter = tokenized.offsetByCodePoints(found + predicted.length(), -1);
    int last = indexOf(tokenizedPlaces, lastCharacter);
    if (first < 0 || last < 0) {
      return all;
    }
    int end = originalPlaces[last];
    return new Part(originalPlaces[first], end + Character.charCount(original.codePointAt(end)));
  }

  /** UTF-16 offsets of the characters other than the space. */
  private static int[] places(String text) {
    return java.util.stream.IntStream.iterate(
            0, i -> i < text.length(), i -> i + Character.charCount(text.codePointAt(i)))
        .filter(i -> text.charAt(i) != ' ')
        .toArray();
  }

  private static int indexOf(int[] sorted, int value) {
    return java.util.Arrays.binarySearch(sorted, value);
  }
}
