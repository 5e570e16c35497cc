package io.github.electra4j.tokenizer;

import static io.github.electra4j.tokenizer.CharacterTable.ACCENT;
import static io.github.electra4j.tokenizer.CharacterTable.BLOCK_SHIFT;
import static io.github.electra4j.tokenizer.CharacterTable.DROPPED;
import static io.github.electra4j.tokenizer.CharacterTable.EXPANSION;
import static io.github.electra4j.tokenizer.CharacterTable.HANGUL;
import static io.github.electra4j.tokenizer.CharacterTable.IDEOGRAPH;
import static io.github.electra4j.tokenizer.CharacterTable.KIND_SHIFT;
import static io.github.electra4j.tokenizer.CharacterTable.NON_STARTER;
import static io.github.electra4j.tokenizer.CharacterTable.PUNCTUATION;
import static io.github.electra4j.tokenizer.CharacterTable.SIGMA;
import static io.github.electra4j.tokenizer.CharacterTable.SPACE;
import static io.github.electra4j.tokenizer.CharacterTable.STARTER_ACCENT;
import static io.github.electra4j.tokenizer.CharacterTable.WORD;

import java.util.Arrays;

/**
 * Paints a {@link CharacterTable}: first what a code point is, then what it becomes, then folds the
 * equal blocks. The rules are those of the original's basic tokenizer.
 */
final class CharacterTableBuilder {
  private static final int CODE_POINTS = Character.MAX_CODE_POINT + 1;
  private static final int REPLACEMENT_CHARACTER = 0xFFFD;
  private static final int CAPITAL_SIGMA = 0x3A3;
  private static final int MAX_NORMAL_FORM = 8; // code points; Unicode needs 5

  /** The blocks of ideographs that the original surrounds with spaces: first, last. */
  private static final int[][] IDEOGRAPHS = {
    {0x4E00, 0x9FFF}, {0x3400, 0x4DBF}, {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F},
    {0x2B740, 0x2B81F}, {0x2B820, 0x2CEAF}, {0xF900, 0xFAFF}, {0x2F800, 0x2FA1F}
  };

  private final UnicodeData data;
  private final TokenizerOptions options;
  private final int[] entries = new int[CODE_POINTS];
  private int[] expansions = new int[512];
  private int expansionsLength;

  CharacterTableBuilder(UnicodeData data, TokenizerOptions options) {
    this.data = data;
    this.options = options;
  }

  CharacterTable build() {
    paintGroups();
    paintAscii();
    if (options.stripsAccents()) {
      paintNonStarters();
      paint(HangulSyllables.FIRST, HangulSyllables.LAST, HANGUL);
      paintNormalForms(data.decomposed().sources());
    }
    if (options.lowerCase()) {
      paintNormalForms(data.lowerCase().sources());
      paint(CAPITAL_SIGMA, CAPITAL_SIGMA, SIGMA);
    }
    if (options.splitCjk()) {
      paintIdeographs();
    }
    return fold();
  }

  private void paint(int first, int last, int kind) {
    Arrays.fill(entries, first, last + 1, kind << KIND_SHIFT);
  }

  private void paintGroups() {
    CodePointRuns groups = data.groups();
    for (int run = 0; run < groups.runs(); run++) {
      if (groups.value(run) == UnicodeData.MARK) {
        for (int mark = groups.start(run); mark < groups.end(run); mark++) {
          paint(mark, mark, kind(mark));
        }
      } else {
        paint(groups.start(run), groups.end(run) - 1, kind(groups.start(run)));
      }
    }
    paint(REPLACEMENT_CHARACTER, REPLACEMENT_CHARACTER, DROPPED);
  }

  /** The three controls that are white space, and the symbols that count as punctuation. */
  private void paintAscii() {
    for (char space : new char[] {'\t', '\n', '\r'}) {
      paint(space, space, SPACE);
    }
    paint('!', '/', PUNCTUATION);
    paint(':', '@', PUNCTUATION);
    paint('[', '`', PUNCTUATION);
    paint('{', '~', PUNCTUATION);
  }

  /** Kind of a code point that stays what it is; controls and symbols of ASCII apart. */
  private int kind(int codePoint) {
    return switch (data.groups().valueAt(codePoint)) {
      case UnicodeData.CONTROL -> DROPPED;
      case UnicodeData.SPACE, UnicodeData.LINE -> SPACE;
      case UnicodeData.PUNCTUATION -> PUNCTUATION;
      case UnicodeData.MARK -> {
        if (!options.stripsAccents()) {
          yield WORD;
        }
        yield data.combining().valueAt(codePoint) == 0 ? STARTER_ACCENT : ACCENT;
      }
      default -> WORD;
    };
  }

  private void paintNonStarters() {
    CodePointRuns combining = data.combining();
    for (int run = 0; run < combining.runs(); run++) {
      for (int c = combining.start(run); combining.value(run) != 0 && c < combining.end(run); c++) {
        if (CharacterTable.kind(entries[c]) == WORD) {
          paint(c, c, NON_STARTER);
        }
      }
    }
  }

  /** Lower-cases and decomposes one code point, as far as the options ask for it. */
  private void paintNormalForm(int codePoint) {
    int kind = CharacterTable.kind(entries[codePoint]);
    if (kind == DROPPED || kind == SPACE) {
      return; // decided before any normalisation
    }
    int[] kept = normalForm(codePoint);
    if (kept.length == 0) {
      entries[codePoint] = ACCENT << KIND_SHIFT;
    } else if (kept.length == 1) {
      entries[codePoint] = entry(kept[0], kept[0] - codePoint);
    } else {
      entries[codePoint] = (EXPANSION << KIND_SHIFT) | expansion(kept);
    }
  }

  /** What the code point becomes, but for the accents that are taken out without a trace. */
  private int[] normalForm(int codePoint) {
    int[] lower = options.lowerCase() ? data.lowerCase().apply(codePoint) : new int[] {codePoint};
    int[] kept = new int[MAX_NORMAL_FORM];
    int count = 0;
    for (int c : lower) {
      for (int part : options.stripsAccents() ? data.decomposed().apply(c) : new int[] {c}) {
        if (CharacterTable.kind(entry(part, part)) != ACCENT) {
          kept[count++] = part;
        }
      }
    }
    return Arrays.copyOf(kept, count);
  }

  private void paintNormalForms(int[] codePoints) {
    for (int codePoint : codePoints) {
      paintNormalForm(codePoint);
    }
  }

  /** Entry with the kind of a code point that is already normalised. */
  private int entry(int normalised, int number) {
    int kind = normalised < 0x80 ? CharacterTable.kind(entries[normalised]) : kind(normalised);
    if (kind == WORD && options.stripsAccents() && data.combining().valueAt(normalised) != 0) {
      kind = NON_STARTER;
    }
    return (kind << KIND_SHIFT) | (number & ((1 << KIND_SHIFT) - 1));
  }

  private int expansion(int[] codePoints) {
    int place = expansionsLength;
    int end = place + 1 + codePoints.length;
    if (end > expansions.length) {
      expansions = Arrays.copyOf(expansions, 2 * end);
    }
    expansions[place] = codePoints.length;
    for (int i = 0; i < codePoints.length; i++) {
      expansions[place + 1 + i] = entry(codePoints[i], codePoints[i]);
    }
    expansionsLength = end;
    return place;
  }

  private void paintIdeographs() {
    for (int[] block : IDEOGRAPHS) {
      for (int c = block[0]; c <= block[1]; c++) {
        int kind = CharacterTable.kind(entries[c]);
        if (kind == WORD) {
          entries[c] |= IDEOGRAPH << KIND_SHIFT;
        } else if (kind != DROPPED) {
          throw new AssertionError("U+%X is an ideograph of kind %d".formatted(c, kind));
        }
      }
    }
  }

  private CharacterTable fold() {
    int size = 1 << BLOCK_SHIFT;
    int[] blocks = new int[CODE_POINTS >> BLOCK_SHIFT];
    int[] folded = Arrays.copyOf(entries, size);
    int used = size;
    for (int block = 1; block < blocks.length; block++) {
      int from = block << BLOCK_SHIFT;
      if (Arrays.equals(folded, used - size, used, entries, from, from + size)) {
        blocks[block] = used - size;
      } else {
        folded = folded.length < used + size ? Arrays.copyOf(folded, 2 * used) : folded;
        System.arraycopy(entries, from, folded, used, size);
        blocks[block] = used;
        used += size;
      }
    }
    return new CharacterTable(
        blocks, Arrays.copyOf(folded, used), Arrays.copyOf(expansions, expansionsLength));
  }
}
