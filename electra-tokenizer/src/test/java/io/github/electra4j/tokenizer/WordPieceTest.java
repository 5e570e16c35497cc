package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPieceTest {
  private static final Vocabulary VOCABULARY =
      Vocabulary.of(
          List.of(
              "[UNK]", "un", "##aff", "##able", "##a", "a", "##b", "ab", "##ab", "runn", "##ing",
              "x", "##"));

  private static List<String> tokenize(String words) {
    return WordPiece.of(VOCABULARY, 200).tokenize(words);
  }

  @ParameterizedTest
  @CsvSource({
    "unaffable, un ##aff ##able",
    "abab, ab ##ab",
    "aab, a ##ab",
    "running, runn ##ing",
    "runnings, [UNK]",
    "unaffableab, un ##aff ##able ##ab",
    "a unaffx ab, a [UNK] ab",
    "##, ##",
    "###, [UNK]",
    "##ab, ##ab",
    "un##aff, [UNK]",
    "[UNK], [UNK]",
    "é, [UNK]",
    "aé, [UNK]",
  })
  void theLongestPieceWinsAndAWordComesOutEvenOrNotAtAll(String words, String pieces) {
    assertEquals(Arrays.asList(pieces.split(" ", -1)), tokenize(words));
  }

  @Test
  void aWordOfMoreThanTheLimitIsUnknown() {
    String word = "a" + "a".repeat(199);
    assertEquals(200, tokenize(word).size());
    assertEquals(List.of("[UNK]"), tokenize(word + "a"));
    assertEquals(List.of("[UNK]", "x"), tokenize("x".repeat(201) + " x"));
    assertEquals(List.of("x", "[UNK]"), WordPiece.of(VOCABULARY, 1).tokenize("x ab"));
  }

  @Test
  void wordsAreSeparatedByWhatPythonCallsWhiteSpace() {
    assertEquals(List.of(), tokenize(""));
    assertEquals(List.of(), tokenize(" \t\u2028\u3000"));
    assertEquals(List.of("a", "ab", "x", "a"), tokenize("\u001fa\u0085ab\u2029x\u000ba\u00a0"));
  }

  @Test
  void withoutContinuationsEveryWordIsWholeOrUnknown() {
    WordPiece wordPiece = WordPiece.of(Vocabulary.of(List.of("[UNK]", "a", "ab")), 200);
    assertEquals(List.of("ab", "a", "[UNK]"), wordPiece.tokenize("ab a aba"));
  }

  @Test
  void badArgumentsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> WordPiece.of(Vocabulary.of(List.of("a")), 200));
    assertThrows(IllegalArgumentException.class, () -> WordPiece.of(VOCABULARY, 0));
  }
}
