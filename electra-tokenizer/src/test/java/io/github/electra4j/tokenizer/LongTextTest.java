package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of many windows. Work is counted in characters read. */
class LongTextTest {
  private static final ElectraTokenizer TOKENIZER =
      ElectraTokenizer.of(OwnVocabulary.read(), TokenizerOptions.uncased());

  /** A text that counts how often its characters are read. */
  private static final class CountingText implements CharSequence {
    private final String text;
    private long reads;

    CountingText(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      reads++;
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      throw new AssertionError("not wanted");
    }

    @Override
    public String toString() {
      throw new AssertionError("not wanted");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"the words, ", "x", "\ud83d\ude00", "中", "\n", "x                   "})
  void everyCharacterIsReadAFewTimesOnly(String unit) {
    CountingText text = new CountingText(unit.repeat(1_000_000 / unit.length()));
    int[] ids = TOKENIZER.ids(text);
    assertTrue(text.reads <= 3L * text.length(), text.reads + " reads");
    assertArrayEquals(TOKENIZER.ids(text.text), ids);
  }

  @Test
  void readingStopsWhereNothingCanMatterAnyMore() {
    CountingText text = new CountingText("the words ".repeat(1_000_000));
    Encoding encoding = TOKENIZER.encode(text, EncodeOptions.maxLength(128));
    assertEquals(128, encoding.length());
    assertTrue(text.reads < 40_000, text.reads + " reads");
    CountingText second = new CountingText(text.text);
    TOKENIZER.encode(new CountingText(text.text), second, EncodeOptions.maxLength(128));
    assertTrue(second.reads < 40_000, second.reads + " reads");
  }

  @Test
  void stoppingEarlyCutsAsIfAllHadBeenRead() {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      String first = RandomTexts.draw(random, 1 + random.nextInt(60));
      String second = RandomTexts.draw(random, 1 + random.nextInt(60));
      EncodeOptions options = EncodeOptions.maxLength(5 + random.nextInt(40));
      int[] a = TOKENIZER.ids(first);
      int[] b = TOKENIZER.ids(second);
      int room = options.maxLength() - 3;
      int kept =
          a.length + b.length <= room
              ? a.length
              : WindowPlan.longestFirst(a.length, b.length, room);
      Encoding encoding = TOKENIZER.encode(first, second, options);
      if (b.length > 0) {
        for (int k = 0; k < kept; k++) {
          assertEquals(a[k], encoding.id(1 + k));
        }
        assertEquals(TOKENIZER.sepId(), encoding.id(1 + kept));
        assertEquals(Math.min(a.length + b.length, room) + 3, encoding.length());
      }
    }
  }

  @Test
  void windowsLeaveNoTrace() {
    Random random = new Random(6);
    StringBuilder text = new StringBuilder();
    List<Integer> ids = new ArrayList<>();
    List<String> slices = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      String part = RandomTexts.draw(random, 1 + random.nextInt(60));
      text.append(part).append(' ');
      for (int id : TOKENIZER.ids(part)) {
        ids.add(id);
      }
      Encoding alone = TOKENIZER.encode(part);
      for (int k = 1; k < alone.length() - 1; k++) {
        slices.add(part.substring(alone.start(k), alone.end(k)));
      }
    }
    Encoding encoding = TOKENIZER.encode(text);
    assertEquals(ids.size() + 2, encoding.length());
    for (int i = 0; i < ids.size(); i++) {
      assertEquals(ids.get(i), encoding.id(i + 1));
      assertEquals(slices.get(i), text.substring(encoding.start(i + 1), encoding.end(i + 1)));
    }
    for (int i = 0; i < ids.size(); i += 97) {
      assertEquals(
          Character.codePointCount(text, 0, encoding.start(i + 1)), encoding.codePointStart(i + 1));
    }
  }

  /**
   * One word of a million characters each: quadratic work in the length would not end. Capital
   * sigmas look for neighbours with case, marks change places, accents are taken out.
   */
  @ParameterizedTest
  @ValueSource(strings = {"\u03a3", "\u03a3'", "\u0301", "a\u0301", "\u302e\u302f", "\uac00", "a"})
  void oneWordOfAMillionCharactersIsUnknown(String unit) {
    String text = unit.repeat(1_000_000 / unit.length());
    int wanted = unit.equals("\u0301") ? 0 : unit.equals("\u03a3'") ? 1_000_000 : 1;
    Encoding encoding = TOKENIZER.encode(text, EncodeOptions.defaults().withSpecialTokens(false));
    assertEquals(wanted, encoding.length());
    if (wanted == 1) {
      assertEquals(List.of("[UNK]"), encoding.pieces());
      assertEquals(0, encoding.start(0));
      int accentsBehind = unit.endsWith("\u0301") ? 1 : 0;
      assertEquals(text.length() - accentsBehind, encoding.end(0));
    }
  }

  @Test
  void sigmaWithALongTailOfIgnorablesIsDecidedOnce() {
    String tail = "\u00ad".repeat(500_000);
    assertEquals(
        List.of("\u03b1\u03c3\u03b1"),
        BasicTokenizer.of(TokenizerOptions.uncased())
            .tokenize("\u0391" + tail + "\u03a3" + tail + "\u0391"));
  }
}
