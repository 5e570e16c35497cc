package io.github.electra4j.train.answer;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import java.util.Arrays;

/** The pieces of a text, word by word. */
final class ContextPieces {
  private final ContextWords words;
  private final int[] ids;
  private final int[] wordOfPiece;
  private final int[] firstPiece;

  private ContextPieces(ContextWords words, int[] ids, int[] wordOfPiece, int[] firstPiece) {
    this.words = words;
    this.ids = ids;
    this.wordOfPiece = wordOfPiece;
    this.firstPiece = firstPiece;
  }

  static ContextPieces of(ElectraTokenizer tokenizer, String text) {
    ContextWords words = new ContextWords(text);
    int[] firstPiece = new int[words.count() + 1];
    int[] ids = new int[2 * words.count() + 16];
    int[] wordOfPiece = new int[ids.length];
    int count = 0;
    for (int word = 0; word < words.count(); word++) {
      firstPiece[word] = count;
      int[] pieces = tokenizer.ids(words.word(word));
      if (count + pieces.length > ids.length) {
        ids = Arrays.copyOf(ids, 2 * (count + pieces.length));
        wordOfPiece = Arrays.copyOf(wordOfPiece, ids.length);
      }
      System.arraycopy(pieces, 0, ids, count, pieces.length);
      Arrays.fill(wordOfPiece, count, count + pieces.length, word);
      count += pieces.length;
    }
    firstPiece[words.count()] = count;
    return new ContextPieces(
        words, Arrays.copyOf(ids, count), Arrays.copyOf(wordOfPiece, count), firstPiece);
  }

  ContextWords words() {
    return words;
  }

  int count() {
    return ids.length;
  }

  int id(int piece) {
    return ids[piece];
  }

  /** Copies {@code count} ids from piece {@code from} on to place {@code at} of {@code into}. */
  void copy(int from, int count, int[] into, int at) {
    System.arraycopy(ids, from, into, at, count);
  }

  /** The word that a piece is part of. */
  int word(int piece) {
    return wordOfPiece[piece];
  }

  /** The first piece of a word; behind the last word the number of pieces. */
  int firstPiece(int word) {
    return firstPiece[word];
  }

  /** Whether the pieces from {@code first} to {@code last} are exactly these. */
  boolean matches(int first, int last, int[] wanted) {
    return last - first + 1 == wanted.length
        && Arrays.equals(ids, first, last + 1, wanted, 0, wanted.length);
  }
}
