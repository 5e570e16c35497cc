package io.github.electra4j.train.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The words of a text, split where the original splits: at space, tab, line breaks and the narrow
 * no-break space, and at no other white space.
 */
final class ContextWords {
  private static final String SEPARATORS = " \t\r\n\u202f";

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private final int[] wordOfCodePoint;

  ContextWords(String text) {
    this.text = text;
    this.wordOfCodePoint = new int[text.codePointCount(0, text.length())];
    int wordStart = -1;
    int at = 0;
    for (int i = 0; i < wordOfCodePoint.length; i++) {
      int codePoint = text.codePointAt(at);
      if (SEPARATORS.indexOf(codePoint) >= 0) {
        end(wordStart, at);
        wordStart = -1;
      } else if (wordStart < 0) {
        wordStart = at;
      }
      wordOfCodePoint[i] = words.size() - (wordStart < 0 ? 1 : 0);
      at += Character.charCount(codePoint);
    }
    end(wordStart, at);
  }

  private void end(int start, int end) {
    if (start >= 0) {
      words.add(text.substring(start, end));
      starts.add(start);
    }
  }

  int count() {
    return words.size();
  }

  String word(int index) {
    return words.get(index);
  }

  /** UTF-16 offset of a word in the text. */
  int start(int word) {
    return starts.get(word);
  }

  /** Number of code points of the text. */
  int codePoints() {
    return wordOfCodePoint.length;
  }

  /**
   * The word that a code point belongs to; for a separator the word before, −1 before the first.
   */
  int wordAt(int codePoint) {
    return wordOfCodePoint[codePoint];
  }

  /** Words {@code first} to {@code last}, both included, joined by single spaces. */
  String joined(int first, int last) {
    StringJoiner joined = new StringJoiner(" ");
    for (int i = first; i <= last; i++) {
      joined.add(words.get(i));
    }
    return joined.toString();
  }

  /**
   * The UTF-16 offset in the text of a place in {@link #joined}; a place on a joining space is the
   * end of the word before it.
   */
  int offset(int firstWord, int placeInJoined) {
    int word = firstWord;
    int rest = placeInJoined;
    while (rest > words.get(word).length()) {
      rest -= words.get(word).length() + 1;
      word++;
    }
    return starts.get(word) + rest;
  }
}
