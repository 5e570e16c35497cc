package io.github.electra4j.tokenizer;

import static io.github.electra4j.tokenizer.CharacterTable.ACCENT;
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
 * Paints a {@link CharacterTable}: first what a code point is, then what it becomes. The rules are
 * those of the original's basic tokenizer.
 */
final class CharacterTableBuilder {
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
  private final CharacterBlocks entries = new CharacterBlocks(DROPPED);
  private int[] expansions = new int[512];
  private int expansionsLength;

  CharacterTableBuilder(UnicodeData data, TokenizerOptions options) {
    this.data = data;
    this.options = options;
  }

  CharacterTable build() {
    paintGroups();
    paintExceptions();
    if (options.splitCjk()) {
      paintIdeographs();
    }
    if (options.stripsAccents()) {
      paintNonStarters();
      entries.paint(HangulSyllables.FIRST, HangulSyllables.LAST, HANGUL);
      paintNormalForms(data.decomposed().sources());
    }
    if (options.lowerCase()) {
      paintNormalForms(data.lowerCase().sources());
      entries.paint(CAPITAL_SIGMA, CAPITAL_SIGMA, SIGMA);
    }
    return entries.toTable(Arrays.copyOf(expansions, expansionsLength));
  }

  private void paintGroups() {
    CodePointRuns groups = data.groups();
    for (int run = 0; run < groups.runs(); run++) {
      if (groups.value(run) == UnicodeData.MARK) {
        for (int mark = groups.start(run); mark < groups.end(run); mark++) {
          entries.paint(mark, mark, kind(mark));
        }
      } else if (groups.value(run) != UnicodeData.CONTROL) { // the others are dropped already
        entries.paint(groups.start(run), groups.end(run) - 1, kind(groups.start(run)));
      }
    }
  }

  /** Controls that are white space, symbols of ASCII that count as punctuation, and U+FFFD. */
  private void paintExceptions() {
    entries.paint('\t', '\n', SPACE);
    entries.paint('\r', '\r', SPACE);
    entries.paint('!', '/', PUNCTUATION);
    entries.paint(':', '@', PUNCTUATION);
    entries.paint('[', '`', PUNCTUATION);
    entries.paint('{', '~', PUNCTUATION);
    entries.paint(REPLACEMENT_CHARACTER, REPLACEMENT_CHARACTER, DROPPED);
  }

  /** Ideographs are what is assigned in their blocks. */
  private void paintIdeographs() {
    CodePointRuns groups = data.groups();
    for (int[] block : IDEOGRAPHS) {
      for (int run = groups.runAt(block[0]); run < groups.runs(); run++) {
        int first = Math.max(block[0], groups.start(run));
        int last = Math.min(block[1], groups.end(run) - 1);
        if (first > last) {
          break;
        }
        if (groups.value(run) == UnicodeData.OTHER) {
          entries.paint(first, last, IDEOGRAPH);
        }
      }
    }
  }

  /** Kind of a code point that stays what it is, but for the exceptions and ideographs. */
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
        if (entries.kind(c) == WORD) {
          entries.paint(c, c, NON_STARTER);
        }
      }
    }
  }

  private void paintNormalForms(int[] codePoints) {
    for (int codePoint : codePoints) {
      int kind = entries.kind(codePoint);
      if (kind != DROPPED && kind != SPACE) { // those are decided before any normalisation
        paintNormalForm(codePoint, kind);
      }
    }
  }

  /** Lower-cases and decomposes one code point, as far as the options ask for it. */
  private void paintNormalForm(int codePoint, int kind) {
    int[] kept = normalForm(codePoint);
    if (kept.length == 0) {
      entries.paint(codePoint, codePoint, ACCENT);
    } else if (kept.length > 1) {
      entries.set(codePoint, (EXPANSION << KIND_SHIFT) | expansion(kept));
    } else if (kind == IDEOGRAPH) {
      entries.set(codePoint, entry(IDEOGRAPH, kept[0] - codePoint));
    } else {
      entries.set(codePoint, entry(normalKind(kept[0]), kept[0] - codePoint));
    }
  }

  /** What the code point becomes, but for the accents that are taken out without a trace. */
  private int[] normalForm(int codePoint) {
    int[] lower = options.lowerCase() ? data.lowerCase().apply(codePoint) : new int[] {codePoint};
    int[] kept = new int[MAX_NORMAL_FORM];
    int count = 0;
    for (int c : lower) {
      for (int part : options.stripsAccents() ? data.decomposed().apply(c) : new int[] {c}) {
        if (normalKind(part) != ACCENT) {
          kept[count++] = part;
        }
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** Kind of a code point that is already normalised, and no ideograph by itself any more. */
  private int normalKind(int normalised) {
    int kind = normalised < 0x80 ? entries.kind(normalised) : kind(normalised);
    boolean moves = options.stripsAccents() && data.combining().valueAt(normalised) != 0;
    return kind == WORD && moves ? NON_STARTER : kind;
  }

  private static int entry(int kind, int number) {
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
      expansions[place + 1 + i] = entry(normalKind(codePoints[i]), codePoints[i]);
    }
    expansionsLength = end;
    return place;
  }
}
