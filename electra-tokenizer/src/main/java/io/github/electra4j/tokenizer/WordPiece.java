package io.github.electra4j.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rule that takes a word apart: the longest piece that the word starts with, then the longest
 * continuation ({@code ##…}) of what is left, and so on; a word that does not come out even is a
 * single {@code [UNK]}. Example: {@code unaffable} → {@code [un, ##aff, ##able]}. Immutable.
 */
public final class WordPiece {
  private final Vocabulary vocabulary;
  private final PieceTrie trie;
  private final ShortWords shortWords;
  private final int maxWordLength;
  private final int unknown;
  private final int[] asciiCharacters = new int[0x80]; // id of each character as a word

  private WordPiece(Vocabulary vocabulary, int maxWordLength) {
    this.vocabulary = vocabulary;
    this.trie = vocabulary.trie();
    this.shortWords = vocabulary.shortWords();
    this.maxWordLength = maxWordLength;
    this.unknown = vocabulary.requireId(SpecialTokens.UNK);
    for (int c = 0; c < asciiCharacters.length; c++) {
      asciiCharacters[c] = lookUp(c);
    }
  }

  /**
   * Creates the rule for a vocabulary.
   *
   * @param vocabulary must hold {@code [UNK]}
   * @param maxWordLength a word of more code points than this becomes {@code [UNK]}; at least 1,
   *     200 in the original
   * @throws IllegalArgumentException if {@code [UNK]} is missing
   */
  public static WordPiece of(Vocabulary vocabulary, int maxWordLength) {
    Objects.requireNonNull(vocabulary, "vocabulary");
    if (maxWordLength < 1) {
      throw new IllegalArgumentException(
          "WordPiece.maxWordLength is %d; give at least 1, or 200 as in the original"
              .formatted(maxWordLength));
    }
    return new WordPiece(vocabulary, maxWordLength);
  }

  /**
   * Pieces of words that {@link BasicTokenizer} has already prepared.
   *
   * @param words separated by white space
   */
  public List<String> tokenize(CharSequence words) {
    Pieces pieces = Pieces.idsOnly(words.length());
    Word word = new Word(maxWordLength);
    for (int i = 0; i < words.length(); ) {
      int codePoint = Character.codePointAt(words, i);
      int end = i + Character.charCount(codePoint);
      if (PythonSpace.isSpace(codePoint)) {
        endWord(word, pieces);
      } else {
        word.append(codePoint, i, end);
      }
      i = end;
    }
    endWord(word, pieces);
    List<String> names = new ArrayList<>(pieces.count());
    for (int i = 0; i < pieces.count(); i++) {
      names.add(vocabulary.piece(pieces.id(i)));
    }
    return List.copyOf(names);
  }

  private void endWord(Word word, Pieces pieces) {
    if (!word.isEmpty()) {
      match(word, pieces);
    }
    word.clear();
  }

  /** Id of a whole word of ASCII letters and digits, or {@link ShortWords#ABSENT}. */
  int shortWord(long head, long tail) {
    return shortWords.id(head, tail);
  }

  /** Id of a word of one code point. */
  int character(int codePoint) {
    return codePoint < asciiCharacters.length ? asciiCharacters[codePoint] : lookUp(codePoint);
  }

  private int lookUp(int codePoint) {
    int state = trie.step(trie.root(), codePoint);
    int id = state == PieceTrie.NONE ? PieceTrie.NONE : trie.piece(state);
    return id == PieceTrie.NONE ? unknown : id;
  }

  /** Adds the pieces of a word. */
  void match(Word word, Pieces pieces) {
    int before = pieces.count();
    int from = word.isTooLong() ? PieceTrie.NONE : 0;
    while (from != PieceTrie.NONE && from < word.length()) {
      from = matchLongest(word, from, pieces);
    }
    if (from == PieceTrie.NONE) {
      pieces.truncate(before);
      pieces.add(unknown, word.start(), word.end());
    }
  }

  /** Adds the longest piece that starts at a place; returns its end, or NONE if there is none. */
  private int matchLongest(Word word, int from, Pieces pieces) {
    int state = from == 0 ? trie.root() : trie.continuation();
    int longest = PieceTrie.NONE;
    int longestEnd = PieceTrie.NONE;
    for (int i = from; i < word.length(); i++) {
      state = trie.step(state, word.codePoint(i));
      if (state == PieceTrie.NONE) {
        break;
      }
      int piece = trie.piece(state);
      if (piece != PieceTrie.NONE) {
        longest = piece;
        longestEnd = i + 1;
      }
    }
    if (longest != PieceTrie.NONE) {
      pieces.add(longest, word.start(from, longestEnd), word.end(from, longestEnd));
    }
    return longestEnd;
  }
}
