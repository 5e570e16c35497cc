package io.github.electra4j.train.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextWindowsTest {
  private static final int ROOM = 20;
  private static final TextWindows WINDOWS = new TextWindows(tokenizer(), ROOM + 3);

  /** Pieces a0 to a99, b0 to b99 and their continuations. */
  private static ElectraTokenizer tokenizer() {
    List<String> pieces = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
    for (String letter : List.of("a", "b")) {
      for (int i = 0; i < 100; i++) {
        pieces.add(letter + i);
        pieces.add("##" + letter + i);
      }
    }
    return ElectraTokenizer.of(Vocabulary.of(pieces), TokenizerOptions.uncased());
  }

  /** Words {@code letter0 letter1 …}; every word of two pieces where {@code joined}. */
  private static String text(String letter, int count, boolean joined) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((joined && i % 2 == 1) || i == 0 ? "" : " ").append(letter).append(i);
    }
    return text.toString();
  }

  private static List<String> pieces(Encoding window, int sequence) {
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < window.length(); i++) {
      if (window.sequence(i) == sequence) {
        pieces.add(window.piece(i).replace("#", ""));
      }
    }
    return pieces;
  }

  private static void assertCovered(
      List<Encoding> windows, int sequence, String letter, int count) {
    Set<String> seen = new HashSet<>();
    windows.forEach(window -> seen.addAll(pieces(window, sequence)));
    for (int i = 0; i < count; i++) {
      assertTrue(seen.contains(letter + i), letter + i + " is in no window");
    }
  }

  @Test
  void ofALongAndAShortTextEveryWindowHasTheWholeShortOne() {
    List<Encoding> windows = WINDOWS.of(new TextPair(text("a", 100, false), text("b", 6, false)));
    assertTrue(windows.size() > 5);
    windows.forEach(window -> assertEquals(6, pieces(window, 1).size()));
    assertCovered(windows, 0, "a", 100);
  }

  @Test
  void ofTwoLongTextsEveryWindowHasAPartOfBothFromTheSamePlace() {
    List<Encoding> windows = WINDOWS.of(new TextPair(text("a", 100, false), text("b", 46, false)));
    windows.forEach(window -> assertTrue(window.length() <= ROOM + 3));
    assertCovered(windows, 0, "a", 100);
    assertCovered(windows, 1, "b", 46);
    for (Encoding window : windows) {
      double first = Integer.parseInt(pieces(window, 0).get(0).substring(1)) / 100.0;
      double second = Integer.parseInt(pieces(window, 1).get(0).substring(1)) / 46.0;
      assertEquals(first, second, 0.2);
    }
  }

  @Test
  void wordsOfSeveralPiecesAreReadToTheEnd() {
    List<Encoding> windows = WINDOWS.of(new TextPair(text("a", 60, true), text("b", 60, true)));
    windows.forEach(window -> assertTrue(window.length() <= ROOM + 3));
    assertCovered(windows, 0, "a", 60);
    assertCovered(windows, 1, "b", 60);
  }

  @Test
  void aPairThatFitsIsOneWindow() {
    List<Encoding> windows = WINDOWS.of(new TextPair(text("a", 10, false), text("b", 10, false)));
    assertEquals(1, windows.size());
    assertEquals(ROOM + 3, windows.get(0).length());
  }
}
