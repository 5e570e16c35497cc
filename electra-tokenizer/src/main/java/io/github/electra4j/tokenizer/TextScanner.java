package io.github.electra4j.tokenizer;

/**
 * Walks over a text once, normalises it and hands its words to a sink: the original's basic
 * tokenizer, with the places in the text kept. Letters and digits of ASCII between white space or
 * punctuation, the bulk of English, go through without being copied; all else goes character by
 * character through {@link CharacterTable}. One scanner serves one text.
 */
final class TextScanner {
  private static final int ASCII = 0x80;

  private final CharacterTable table;
  private final WordSink sink;
  private final byte[] codes; // per ASCII character: its code in a packed word, normalised
  private final int maxShortWord;
  private final Word word;
  private final TextWindows windows;
  private final CodePointOffsets offsets = new CodePointOffsets();
  private char[] chars; // the window, with a space behind it
  private int base; // UTF-16 offset of the window in the text

  TextScanner(CharacterTable table, int maxWordLength, CharSequence text, WordSink sink) {
    this.table = table;
    this.sink = sink;
    this.codes = table.shortWordCodes();
    this.maxShortWord = Math.min(maxWordLength, ShortWords.MAX_LENGTH);
    this.word = new Word(maxWordLength);
    this.windows = new TextWindows(text);
  }

  /** Walks until the text ends or the sink is full. */
  void scan() {
    while (!sink.full() && windows.next()) {
      chars = windows.chars();
      base = windows.base();
      scanWindow(windows.length());
    }
  }

  /** Which code points of the part that was read take two UTF-16 units. */
  CodePointOffsets codePointOffsets() {
    return offsets;
  }

  private void scanWindow(int length) {
    int i = 0;
    while (i < length && !sink.full()) {
      char c = chars[i];
      i = c < ASCII && codes[c] != 0 && word.isEmpty() ? shortWord(i) : character(i, length);
    }
    endWord();
  }

  /** Takes letters and digits of ASCII; they are a word if one ends behind them. */
  private int shortWord(int start) {
    char[] chars = this.chars;
    byte[] codes = this.codes;
    long packed = 0;
    int i = start;
    char c = chars[i];
    int code = codes[c];
    do {
      packed = ShortWords.pack(packed, code);
      c = chars[++i];
    } while (c < ASCII && (code = codes[c]) != 0);
    if (!CharacterTable.endsWord(table.entry(c))) {
      append(start, i); // more of the word may follow
    } else if (i - start > maxShortWord || !sink.shortWord(packed, base + start, base + i)) {
      append(start, i);
      endWord();
    }
    return c == ' ' ? i + 1 : i;
  }

  private void append(int start, int end) {
    for (int i = start; i < end; i++) {
      int normal = chars[i] + CharacterTable.number(table.entry(chars[i]));
      word.append(normal, base + i, base + i + 1);
    }
  }

  private int character(int i, int length) {
    int codePoint = chars[i];
    int end = i + 1;
    if (Character.isHighSurrogate(chars[i])
        && end < length
        && Character.isLowSurrogate(chars[end])) {
      codePoint = Character.toCodePoint(chars[i], chars[end]);
      offsets.addPair(base + i);
      end++;
    }
    int entry = table.entry(codePoint);
    int kind = CharacterTable.kind(entry);
    if (kind == CharacterTable.EXPANSION) {
      expand(CharacterTable.number(entry), base + i, base + end);
    } else if (kind == CharacterTable.SIGMA) {
      word.append(FinalSigma.lowerCase(table, chars, length, i), base + i, base + end);
    } else if (kind == CharacterTable.HANGUL) {
      takeApart(codePoint, base + i, base + end);
    } else {
      take(kind, codePoint + CharacterTable.number(entry), base + i, base + end);
    }
    return end;
  }

  private void take(int kind, int normal, int start, int end) {
    switch (kind) {
      case CharacterTable.WORD -> word.append(normal, start, end);
      case CharacterTable.SPACE -> endWord();
      case CharacterTable.PUNCTUATION, CharacterTable.IDEOGRAPH -> {
        endWord();
        if (!sink.full()) {
          sink.character(normal, start, end);
        }
      }
      case CharacterTable.STARTER_ACCENT -> word.setBarrier();
      case CharacterTable.NON_STARTER ->
          word.insert(normal, UnicodeData.get().combining(), start, end);
      default -> {} // dropped, or an accent that is taken out
    }
  }

  private void expand(int place, int start, int end) {
    for (int k = 0; k < table.expansionLength(place); k++) {
      int part = table.expansion(place, k);
      take(CharacterTable.kind(part), CharacterTable.number(part), start, end);
    }
  }

  private void takeApart(int syllable, int start, int end) {
    word.append(HangulSyllables.leading(syllable), start, end);
    word.append(HangulSyllables.vowel(syllable), start, end);
    if (HangulSyllables.hasTrailing(syllable)) {
      word.append(HangulSyllables.trailing(syllable), start, end);
    }
  }

  private void endWord() {
    if (!word.isEmpty() && !sink.full()) {
      sink.word(word);
    }
    word.clear();
  }
}
