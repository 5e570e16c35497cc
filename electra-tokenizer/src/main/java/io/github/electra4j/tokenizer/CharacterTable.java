package io.github.electra4j.tokenizer;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What becomes of every code point under given options, in two stages: one number per code point,
 * found by two array reads. The upper 8 bits of the number are a kind, the lower 24 bits a signed
 * number whose meaning depends on the kind.
 */
final class CharacterTable {
  /** Part of a word; the number is what is added to the code point to normalise it. */
  static final int WORD = 0;

  /** Ends a word and is not part of any. */
  static final int SPACE = 1;

  /** A word of its own; the number is what is added to the code point. */
  static final int PUNCTUATION = 2;

  /** As {@link #PUNCTUATION}: an ideograph. */
  static final int IDEOGRAPH = 3;

  /** Taken out without a trace. Kinds below this end a word, or are part of one as they stand. */
  static final int DROPPED = 4;

  /** An accent that is taken out. */
  static final int ACCENT = 5;

  /** An accent of combining class 0, taken out, over which marks do not change places. */
  static final int STARTER_ACCENT = 6;

  /** Part of a word: a mark that canonical ordering may move; the number is added to it. */
  static final int NON_STARTER = 7;

  /** A capital sigma, whose lower case depends on its neighbours. */
  static final int SIGMA = 8;

  /** A Hangul syllable that is taken apart. */
  static final int HANGUL = 9;

  /** Several code points; the number is the place of their list in {@link #expansion}. */
  static final int EXPANSION = 10;

  static final int KINDS = 11;
  static final int KIND_SHIFT = 24;
  static final int BLOCK_SHIFT = 7;
  private static final int BLOCK_MASK = (1 << BLOCK_SHIFT) - 1;

  /** One table per combination of the three options, made when first asked for. */
  private static final AtomicReferenceArray<CharacterTable> TABLES = new AtomicReferenceArray<>(8);

  private final int[] blocks; // per 128 code points: where their entries start
  private final int[] entries;
  private final int[] expansions; // lists: count, then that many kind | code point

  CharacterTable(int[] blocks, int[] entries, int[] expansions) {
    this.blocks = blocks;
    this.entries = entries;
    this.expansions = expansions;
  }

  static CharacterTable of(TokenizerOptions options) {
    int variant =
        (options.lowerCase() ? 1 : 0)
            | (options.stripsAccents() ? 2 : 0)
            | (options.splitCjk() ? 4 : 0);
    CharacterTable table = TABLES.get(variant);
    if (table == null) {
      table = new CharacterTableBuilder(UnicodeData.get(), options).build();
      TABLES.set(variant, table); // two threads may make the same table
    }
    return table;
  }

  /** The number of a code point. */
  int entry(int codePoint) {
    return entries[blocks[codePoint >> BLOCK_SHIFT] + (codePoint & BLOCK_MASK)];
  }

  static int kind(int entry) {
    return entry >> KIND_SHIFT;
  }

  /** The signed 24-bit number of an entry. */
  static int number(int entry) {
    return (entry << (Integer.SIZE - KIND_SHIFT)) >> (Integer.SIZE - KIND_SHIFT);
  }

  /** Whether the entry ends a word before it: white space, punctuation, an ideograph. */
  static boolean endsWord(int entry) {
    int kind = kind(entry);
    return kind != WORD && kind < DROPPED;
  }

  /** Code points in the list at this place. */
  int expansionLength(int place) {
    return expansions[place];
  }

  /** Entry of a code point in the list at this place; its number is the code point itself. */
  int expansion(int place, int index) {
    return expansions[place + 1 + index];
  }
}
