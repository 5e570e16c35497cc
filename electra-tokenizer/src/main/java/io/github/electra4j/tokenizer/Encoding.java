package io.github.electra4j.tokenizer;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.RandomAccess;

/**
 * A text, or a pair, as the model reads it: {@code [CLS] first [SEP] second [SEP] [PAD] …}. Every
 * token knows where in its own original text it came from, whatever normalisation did to it.
 * Immutable; every array is a fresh copy of {@link #length()} numbers.
 *
 * <p>Offsets count from 0 to the end of the token's text; ends are exclusive; special tokens and
 * padding have 0 and 0. An accent that is taken out belongs to no piece; a character that becomes
 * several (한 → ᄒ ᅡ ᆫ) belongs to each piece that holds a part of it.
 */
public final class Encoding {
  /** The word or sequence index of a special token, padding included. */
  public static final int NONE = -1;

  private final Vocabulary vocabulary;
  private final TokenLayout layout;
  private final PieceArrays arrays;
  private final CodePointOffsets[] offsets; // per sequence
  private final List<Encoding> overflow;

  Encoding(
      Vocabulary vocabulary,
      TokenLayout layout,
      PieceArrays arrays,
      CodePointOffsets[] offsets,
      List<Encoding> overflow) {
    this.vocabulary = vocabulary;
    this.layout = layout;
    this.arrays = arrays;
    this.offsets = offsets;
    this.overflow = overflow;
  }

  /** Number of tokens, padding included. */
  public int length() {
    return layout.length();
  }

  /** Number of tokens without padding. */
  public int tokenCount() {
    return layout.tokens();
  }

  /** Vocabulary indices. */
  public int[] ids() {
    return arrays.ids().clone();
  }

  /** Vocabulary index of one token. */
  public int id(int index) {
    return arrays.ids()[index];
  }

  /** 1 for the second text and the {@code [SEP]} behind it, 0 elsewhere. */
  public int[] tokenTypeIds() {
    int[] types = new int[length()];
    if (layout.second() > 0) {
      Arrays.fill(types, layout.secondStart(), layout.tokens(), 1);
    }
    return types;
  }

  /** 1 for tokens, 0 for padding. */
  public int[] attentionMask() {
    int[] mask = new int[length()];
    Arrays.fill(mask, 0, layout.tokens(), 1);
    return mask;
  }

  /** 1 for special tokens, padding included, 0 for pieces of the texts. */
  public int[] specialTokensMask() {
    int[] mask = new int[length()];
    Arrays.fill(mask, 1);
    Arrays.fill(mask, layout.firstStart(), layout.firstEnd(), 0);
    Arrays.fill(mask, layout.secondStart(), layout.secondEnd(), 0);
    return mask;
  }

  /** The tokens as the vocabulary writes them, made on demand. */
  public List<String> pieces() {
    return new PieceNames(this);
  }

  /** One token as the vocabulary writes it, e.g. {@code ##ing}. */
  public String piece(int index) {
    return vocabulary.piece(id(index));
  }

  /** UTF-16 offsets where the tokens start in their texts. */
  public int[] starts() {
    return arrays.starts().clone();
  }

  /** UTF-16 offsets behind the tokens in their texts. */
  public int[] ends() {
    return arrays.ends().clone();
  }

  /** UTF-16 offset where one token starts in its text. */
  public int start(int index) {
    return arrays.starts()[index];
  }

  /** UTF-16 offset behind one token in its text. */
  public int end(int index) {
    return arrays.ends()[index];
  }

  /** Offsets in code points where the tokens start in their texts. */
  public int[] codePointStarts() {
    return inCodePoints(starts());
  }

  /** Offsets in code points behind the tokens in their texts. */
  public int[] codePointEnds() {
    return inCodePoints(ends());
  }

  /** Offset in code points where one token starts in its text. */
  public int codePointStart(int index) {
    return codePoints(index, start(index));
  }

  /** Offset in code points behind one token in its text. */
  public int codePointEnd(int index) {
    return codePoints(index, end(index));
  }

  private int codePoints(int index, int utf16Offset) {
    int sequence = sequence(index);
    return sequence == NONE ? 0 : offsets[sequence].of(utf16Offset);
  }

  /** Per token the index of its word in its text; {@link #NONE} for special tokens. */
  public int[] words() {
    return arrays.words().clone();
  }

  /**
   * Index of the word that one token is part of, from 0 in each text; {@link #NONE} for special
   * tokens. Words are what the basic tokenizer makes: a punctuation character is a word.
   */
  public int word(int index) {
    return arrays.words()[index];
  }

  /** Per token 0 for the first text, 1 for the second, {@link #NONE} for special tokens. */
  public int[] sequences() {
    int[] sequences = new int[length()];
    Arrays.fill(sequences, NONE);
    Arrays.fill(sequences, layout.firstStart(), layout.firstEnd(), 0);
    Arrays.fill(sequences, layout.secondStart(), layout.secondEnd(), 1);
    return sequences;
  }

  /** 0 if one token belongs to the first text, 1 to the second, {@link #NONE} for a special one. */
  public int sequence(int index) {
    return layout.sequence(index);
  }

  /**
   * The first token that covers a character of a text. Empty if none does: white space, a character
   * that is taken out, or one outside of this encoding.
   *
   * @param sequence 0 for the first text, 1 for the second
   * @param utf16Offset of the character in that text
   */
  public OptionalInt pieceAt(int sequence, int utf16Offset) {
    int from = sequence == 0 ? layout.firstStart() : layout.secondStart();
    int to = sequence == 0 ? layout.firstEnd() : layout.secondEnd();
    for (int i = from; i < to; i++) {
      if (start(i) <= utf16Offset && utf16Offset < end(i)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The further windows over what did not fit, in order; empty unless {@link
   * EncodeOptions#withOverflow} asked for them.
   */
  public List<Encoding> overflow() {
    return overflow;
  }

  /** The same tokens at the same places; overflow is not compared. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Encoding encoding
        && layout.equals(encoding.layout)
        && Arrays.equals(arrays.ids(), encoding.arrays.ids())
        && Arrays.equals(arrays.starts(), encoding.arrays.starts())
        && Arrays.equals(arrays.ends(), encoding.arrays.ends())
        && Arrays.equals(arrays.words(), encoding.arrays.words());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(arrays.ids());
  }

  @Override
  public String toString() {
    return "Encoding" + pieces();
  }

  private int[] inCodePoints(int[] utf16Offsets) {
    offsets[0].translate(utf16Offsets, layout.firstStart(), layout.firstEnd());
    offsets[1].translate(utf16Offsets, layout.secondStart(), layout.secondEnd());
    return utf16Offsets;
  }

  private static final class PieceNames extends AbstractList<String> implements RandomAccess {
    private final Encoding encoding;

    PieceNames(Encoding encoding) {
      this.encoding = encoding;
    }

    @Override
    public String get(int index) {
      return encoding.piece(index);
    }

    @Override
    public int size() {
      return encoding.length();
    }
  }
}
