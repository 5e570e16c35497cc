package io.github.electra4j.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * The basic tokenizer written down step by step, text in and text out, as the description of the
 * original has it; slow, and without a line in common with the product but the Unicode tables.
 */
final class StepwiseTokenizer {
  private static final UnicodeData DATA = UnicodeData.get();

  private final TokenizerOptions options;

  StepwiseTokenizer(TokenizerOptions options) {
    this.options = options;
  }

  List<String> tokenize(String text) {
    List<String> words = new ArrayList<>();
    for (List<Integer> piece : split(cleaned(text.codePoints().boxed().toList()))) {
      List<Integer> normal = options.lowerCase() ? lowerCased(piece) : piece;
      normal = options.stripsAccents() ? stripped(ordered(decomposed(normal))) : normal;
      words.addAll(splitAtPunctuation(normal));
    }
    return words;
  }

  private List<Integer> cleaned(List<Integer> text) {
    List<Integer> cleaned = new ArrayList<>();
    for (int c : text) {
      int group = DATA.groups().valueAt(c);
      boolean space = c == '\t' || c == '\n' || c == '\r' || group == UnicodeData.SPACE;
      if (!space && (c == 0xFFFD || group == UnicodeData.CONTROL)) {
        continue;
      }
      boolean ideograph = options.splitCjk() && isIdeograph(c);
      cleaned.addAll(ideograph ? List.of(32, c, 32) : List.of(space ? 32 : c));
    }
    return cleaned;
  }

  private static boolean isIdeograph(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }

  private static List<List<Integer>> split(List<Integer> text) {
    List<List<Integer>> pieces = new ArrayList<>();
    List<Integer> piece = new ArrayList<>();
    for (int c : text) {
      if (PythonSpace.isSpace(c)) {
        pieces.add(piece);
        piece = new ArrayList<>();
      } else {
        piece.add(c);
      }
    }
    pieces.add(piece);
    return pieces;
  }

  private static List<Integer> lowerCased(List<Integer> piece) {
    List<Integer> lower = new ArrayList<>();
    for (int i = 0; i < piece.size(); i++) {
      if (piece.get(i) == 0x3A3) {
        lower.add(isFinal(piece, i) ? 0x3C2 : 0x3C3);
      } else {
        for (int c : DATA.lowerCase().apply(piece.get(i))) {
          lower.add(c);
        }
      }
    }
    return lower;
  }

  private static boolean isFinal(List<Integer> piece, int sigma) {
    int before = sigma - 1;
    while (before >= 0 && DATA.casing(piece.get(before)) == UnicodeData.IGNORABLE) {
      before--;
    }
    int behind = sigma + 1;
    while (behind < piece.size() && DATA.casing(piece.get(behind)) == UnicodeData.IGNORABLE) {
      behind++;
    }
    return before >= 0
        && DATA.casing(piece.get(before)) == UnicodeData.CASED
        && (behind == piece.size() || DATA.casing(piece.get(behind)) != UnicodeData.CASED);
  }

  private static List<Integer> decomposed(List<Integer> piece) {
    List<Integer> parts = new ArrayList<>();
    for (int c : piece) {
      if (c >= HangulSyllables.FIRST && c <= HangulSyllables.LAST) {
        int index = c - 0xAC00;
        parts.addAll(List.of(0x1100 + index / 588, 0x1161 + index % 588 / 28));
        if (index % 28 > 0) {
          parts.add(0x11A7 + index % 28);
        }
      } else {
        for (int part : DATA.decomposed().apply(c)) {
          parts.add(part);
        }
      }
    }
    return parts;
  }

  /** Bubbles every mark before the marks of a higher class. */
  private static List<Integer> ordered(List<Integer> piece) {
    List<Integer> ordered = new ArrayList<>(piece);
    for (boolean swapped = true; swapped; ) {
      swapped = false;
      for (int i = 1; i < ordered.size(); i++) {
        int before = DATA.combining().valueAt(ordered.get(i - 1));
        int here = DATA.combining().valueAt(ordered.get(i));
        if (here != 0 && before > here) {
          ordered.add(i - 1, ordered.remove(i));
          swapped = true;
        }
      }
    }
    return ordered;
  }

  private static List<Integer> stripped(List<Integer> piece) {
    return piece.stream().filter(c -> DATA.groups().valueAt(c) != UnicodeData.MARK).toList();
  }

  private static List<String> splitAtPunctuation(List<Integer> piece) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int c : piece) {
      boolean asciiSymbol = c > 32 && c < 127 && !Character.isLetterOrDigit(c);
      if (asciiSymbol || DATA.groups().valueAt(c) == UnicodeData.PUNCTUATION) {
        addTo(words, word);
        words.add(Character.toString(c));
      } else {
        word.appendCodePoint(c);
      }
    }
    addTo(words, word);
    return words;
  }

  private static void addTo(List<String> words, StringBuilder word) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
