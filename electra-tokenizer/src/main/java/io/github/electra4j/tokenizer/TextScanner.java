package io.github.electra4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over a text once, normalises it and hands its words to a sink: the original's basic
 * tokenizer, with the places in the text kept. Letters and digits of ASCII between white space or
 * punctuation, the bulk of English, go through without being copied; all else goes character by
 * character through {@link CharacterTable}. One scanner serves one text.
 */
final class TextScanner {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final CharacterTable table;
  private final WordSink sink;
  private final boolean lowerCase;
  private final int maxShortWord;
  private final Word word;
  private final TextWindows windows;
  private final CodePointOffsets offsets = new CodePointOffsets();
  private String chars; // the window
  private byte[] ascii; // the same as bytes, with zeros behind it
  private int base; // UTF-16 offset of the window in the text

  TextScanner(TokenizerOptions options, CharSequence text, WordSink sink) {
    this.table = CharacterTable.of(options);
    this.sink = sink;
    this.lowerCase = options.lowerCase();
    this.maxShortWord = Math.min(options.maxWordLength(), ShortWords.MAX_LENGTH);
    this.word = new Word(options.maxWordLength());
    this.windows = new TextWindows(text);
  }

  /** Walks until the text ends or the sink is full. */
  void scan() {
    while (!sink.full() && windows.next()) {
      chars = windows.chars();
      ascii = windows.ascii();
      base = windows.base();
      scanWindow();
    }
  }

  /** Which code points of the part that was read take two UTF-16 units. */
  CodePointOffsets codePointOffsets() {
    return offsets;
  }

  private void scanWindow() {
    int length = chars.length();
    int i = 0;
    while (i < length && !sink.full()) {
      long eight = (long) EIGHT_BYTES.get(ascii, i);
      int letters = AsciiWords.leading(eight);
      if (letters == 0 || !word.isEmpty()) {
        i = character(i);
      } else if (letters < Long.BYTES) {
        i = word(i, letters, AsciiWords.first(normal(eight), letters), 0);
      } else {
        i = longerWord(i, eight);
      }
    }
    endWord();
  }

  /** Letters in the case that the vocabulary has them in. */
  private long normal(long eight) {
    return lowerCase ? AsciiWords.lowerCase(eight) : eight;
  }

  private int longerWord(int start, long head) {
    long eight = (long) EIGHT_BYTES.get(ascii, start + Long.BYTES);
    int letters = AsciiWords.leading(eight);
    if (letters <= ShortWords.MAX_LENGTH - Long.BYTES) {
      long tail = AsciiWords.first(normal(eight), letters);
      return word(start, Long.BYTES + letters, normal(head), tail);
    }
    int end = start + Long.BYTES + letters;
    while (AsciiWords.isWordCharacter(ascii[end])) {
      end++;
    }
    return word(start, end - start, 0, 0);
  }

  /** Takes a run of ASCII letters and digits, which is a word if one ends behind it. */
  private int word(int start, int length, long head, long tail) {
    int end = start + length;
    boolean space = ascii[end] == ' ';
    if (!space
        && end < chars.length()
        && !CharacterTable.endsWord(table.entry(chars.charAt(end)))) {
      append(start, end); // more of the word may follow
      return end;
    }
    if (length > maxShortWord || !sink.shortWord(head, tail, base + start, base + end)) {
      append(start, end);
      endWord();
    }
    return space ? end + 1 : end;
  }

  private void append(int start, int end) {
    for (int i = start; i < end; i++) {
      int normal = ascii[i] + CharacterTable.number(table.entry(ascii[i]));
      word.append(normal, base + i, base + i + 1);
    }
  }

  private int character(int i) {
    int codePoint = chars.codePointAt(i);
    int end = i + Character.charCount(codePoint);
    if (end - i > 1) {
      offsets.addPair(base + i);
    }
    int entry = table.entry(codePoint);
    int kind = CharacterTable.kind(entry);
    if (kind == CharacterTable.EXPANSION) {
      expand(CharacterTable.number(entry), base + i, base + end);
    } else if (kind == CharacterTable.SIGMA) {
      word.append(FinalSigma.lowerCase(table, chars, i), base + i, base + end);
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
