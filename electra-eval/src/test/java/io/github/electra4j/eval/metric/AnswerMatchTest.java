package io.github.electra4j.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.eval.metric.AnswerMatch.EmptyAnswers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerMatchTest {
  private static final String[] WORDS = {"a", "The", "cat", "cat", "sat!", "1,000", "é", " ", "…"};

  @Test
  void textsAreNormalisedAsTheOfficialScriptsDo() {
    assertEquals("usa apples", AnswerMatch.normalized("The  U.S.A., an Apple's"));
    assertEquals("", AnswerMatch.normalized(" The, an. A "));
    assertEquals("theory an1 a²", AnswerMatch.normalized("theory an1 A²"));
    assertEquals("´", AnswerMatch.normalized("the´a")); // not ASCII, so it stays and divides
    assertEquals("\u0301 b", AnswerMatch.normalized("a\u0301 b")); // a mark is no part of a word
    assertEquals("x y", AnswerMatch.normalized("x\u00a0\u2003y\u2028"));
  }

  @Test
  void f1CountsWordsAsOftenAsTheyOccur() {
    EmptyAnswers rule = EmptyAnswers.MATCH_EACH_OTHER;
    assertEquals(0.8, AnswerMatch.f1("the big cat", "big cat sat", rule), 1e-15);
    assertEquals(0.5, AnswerMatch.f1("x x", "x y", rule), 1e-15);
    assertEquals(1, AnswerMatch.f1("", "the", rule));
    assertEquals(0, AnswerMatch.f1("", "x", rule));
    assertEquals(0, AnswerMatch.f1("", "", EmptyAnswers.MATCH_NOTHING));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void f1IsSymmetricBoundedAndBlindToOrder(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      List<String> left = words(random);
      List<String> right = words(random);
      String one = String.join(" ", left);
      String other = String.join(" ", right);
      String context = "seed=" + seed + " \"" + one + "\" \"" + other + "\"";
      double f1 = AnswerMatch.f1(one, other, EmptyAnswers.MATCH_EACH_OTHER);
      assertTrue(f1 >= 0 && f1 <= 1, context);
      assertEquals(f1, AnswerMatch.f1(other, one, EmptyAnswers.MATCH_EACH_OTHER), 1e-15, context);
      Collections.shuffle(right, random);
      String shuffled = String.join(" ", right);
      assertEquals(f1, AnswerMatch.f1(one, shuffled, EmptyAnswers.MATCH_EACH_OTHER), context);
      assertTrue(AnswerMatch.exact(one, other) <= f1, context);
      assertEquals(1, AnswerMatch.f1(one, one, EmptyAnswers.MATCH_EACH_OTHER), context);
      String normalized = AnswerMatch.normalized(one);
      assertEquals(normalized, AnswerMatch.normalized(normalized), context);
    }
  }

  private static List<String> words(Random random) {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(7); i > 0; i--) {
      words.add(WORDS[random.nextInt(WORDS.length)]);
    }
    return words;
  }

  @Test
  void thresholdsAreFoundAsTheOriginalFindsThem() {
    Squad2Tally tally = new Squad2Tally();
    tally.add("a", List.of("x"), "x");
    tally.add("b", List.of(), "y");
    tally.add("c", List.of("x y z"), "x"); // F1 0.5
    tally.add("d", List.of(), "y");
    Map<String, Double> odds = Map.of("a", -3.0, "c", -2.0, "b", -1.0, "d", 2.0);
    Map<String, Double> scores = tally.scores(odds, Squad2Tally.USUAL_THRESHOLD);
    assertEquals(87.5, scores.get("best_f1"), 1e-12);
    assertEquals(-2.0, scores.get("best_f1_thresh"));
    assertEquals(75, scores.get("exact"), 1e-12); // a, b and d; c is blanked
    assertEquals(75, scores.get("f1"), 1e-12);
    assertEquals(50, scores.get("HasAns_exact"), 1e-12);
    assertEquals(100, scores.get("NoAns_f1"), 1e-12);
    assertEquals(37.5, tally.scores().get("f1"), 1e-12);
  }

  @Test
  void missingPredictionsAreTreatedAsEachScriptDoes() {
    SpanTally wrong = new SpanTally(SpanTally.Missing.COUNTS_AS_WRONG);
    SpanTally leftOut = new SpanTally(SpanTally.Missing.IS_LEFT_OUT);
    for (SpanTally tally : List.of(wrong, leftOut)) {
      tally.add(List.of("x", "y"), Optional.of("y"));
      tally.add(List.of("x"), Optional.empty());
      assertEquals(1, tally.missing());
    }
    assertEquals(50, wrong.scores().get("exact_match"));
    assertEquals(100, leftOut.scores().get("f1"));
    Squad2Tally second = new Squad2Tally();
    second.add("a", List.of("x"), "x");
    second.addMissing(false);
    assertEquals(1, second.scores().get("total"));
  }

  @Test
  void misuseIsRefused() {
    Squad2Tally tally = new Squad2Tally();
    assertThrows(IllegalStateException.class, tally::scores);
    tally.add("a", List.of("x"), "x");
    assertThrows(IllegalArgumentException.class, () -> tally.add("a", List.of("x"), "x"));
    assertThrows(IllegalArgumentException.class, () -> tally.scores(Map.of("b", 1.0), 0));
    SpanTally span = new SpanTally(SpanTally.Missing.IS_LEFT_OUT);
    assertThrows(IllegalStateException.class, span::scores);
    assertThrows(IllegalArgumentException.class, () -> span.add(List.of(), Optional.of("x")));
  }
}
