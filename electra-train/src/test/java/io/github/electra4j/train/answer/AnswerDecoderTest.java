package io.github.electra4j.train.answer;

import static io.github.electra4j.train.answer.QuestionFeaturizerTest.TOKENIZER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.BasicTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.HeadOutput.Beam;
import io.github.electra4j.train.task.HeadOutput.SpanScores;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AnswerDecoderTest {
  private static final float[] NONE = {};

  /** The examples are those of the original. */
  @Test
  void finalTexts() {
    assertFinal("Steve Smith", "steve smith", "Steve Smith's");
    assertFinal("1895", "1895", "(1895-1943).");
    assertFinal("café", "cafe", "café,");
    assertFinal("Foo  Bar", "foo bar", "Foo  Bar");
    assertFinal("A B", "ab", "A B");
    assertFinal("\ud83d\ude00 x", "\ud83d\ude00 x", "\ud83d\ude00 X!".replace('X', 'x'));
    assertFinal("x", "", "x");
  }

  private static void assertFinal(String expected, String predicted, String original) {
    FinalText.Part part =
        new FinalText(BasicTokenizer.of(TokenizerOptions.uncased())).of(predicted, original);
    assertEquals(expected, original.substring(part.start(), part.end()));
  }

  private static SpanSettings independent() {
    return SpanSettings.defaults()
        .withEnds(false, 20)
        .withAnswerability(SpanSettings.Answerability.none())
        .withWindows(new SpanSettings.Windows(4, 8));
  }

  private static Answer decode(TaskHead.SpanAnswer head, String context, HeadOutput... outputs) {
    QuestionWindows windows =
        new QuestionFeaturizer(TOKENIZER, head, 16).windows(Question.of(0, "k", "q", context));
    return new AnswerDecoder(head, TOKENIZER).decode(windows, List.of(outputs));
  }

  /** [CLS] q [SEP] w ( x - y ) w [SEP]: positions 0 to 10. */
  @Test
  void independentStartsAndEnds() {
    TaskHead.SpanAnswer head = new TaskHead.SpanAnswer("qa", true, independent());
    float[] starts = {2, 9, 9, 0, 0, 5, 0, 4, 0, 0, 9};
    float[] ends = {1, 9, 9, 0, 0, 3, 0, 4, 0, 0, 9};
    Answer answer = decode(head, "w\n (X-y)  w", new SpanScores(starts, ends, Beam.NONE, 0));
    Answer.Span best = answer.best().get(0);
    assertEquals("X-y", best.text());
    assertEquals(4, best.start());
    assertEquals(7, best.end());
    assertEquals(9, best.score());
    assertEquals("X-y", answer.text());
    assertEquals(
        "X",
        answer.best().get(1).text().equals("y")
            ? answer.best().get(2).text()
            : answer.best().get(1).text());
    assertEquals(OptionalDouble.of(2 + 1 - 9), answer.nullOdds());
    assertEquals(1, answer.best().stream().mapToDouble(Answer.Span::probability).sum(), 1e-12);
    assertTrue(answer.isUnanswerable(-7));
    assertFalse(answer.isUnanswerable(-6));
  }

  @Test
  void spansOverSeparatorsKeepOffsetsOfTheText() {
    TaskHead.SpanAnswer head = new TaskHead.SpanAnswer("qa", false, independent());
    float[] starts = {0, 0, 0, 9, 0, 0};
    float[] ends = {0, 0, 0, 0, 9, 0};
    Answer answer = decode(head, "x\t\n y", new SpanScores(starts, ends, Beam.NONE, 0));
    assertEquals("x y", answer.text());
    assertEquals(0, answer.best().get(0).start());
    assertEquals(5, answer.best().get(0).end());
    assertEquals(OptionalDouble.empty(), answer.nullOdds());
    assertFalse(answer.isUnanswerable(0));
  }

  @Test
  void beamsOfSeveralWindows() {
    TaskHead.SpanAnswer head =
        new TaskHead.SpanAnswer(
            "qa", true, SpanSettings.defaults().withWindows(new SpanSettings.Windows(4, 8)));
    Beam first =
        new Beam(
            new int[] {3, 0},
            new float[] {-1, -2},
            new int[][] {{4, 2}, {5, 6}},
            new float[][] {{-1, 0}, {0, 0}});
    Beam second =
        new Beam(
            new int[] {14, 13},
            new float[] {-0.5f, -0.25f},
            new int[][] {{14, 13}, {14, 12}},
            new float[][] {{-0.5f, 0}, {-0.25f, 0}});
    String context = "x y " + "w ".repeat(10) + "w w w w w w x y";
    Answer answer =
        decode(
            head,
            context,
            new SpanScores(NONE, NONE, first, 3),
            new SpanScores(NONE, NONE, second, 1));
    assertEquals("x y", answer.text());
    assertEquals(1, answer.nullOdds().orElseThrow()); // the least of the windows
    assertEquals(-0.5, answer.best().get(0).score());
    assertEquals(context.length(), answer.best().get(0).end());
    assertEquals(context.length() - 3, answer.best().get(0).start());
    assertEquals(2, answer.best().size()); // "x y" of the first window has the same text
    assertEquals("y", answer.best().get(1).text());
  }

  @Test
  void nothingQualifies() {
    TaskHead.SpanAnswer head = new TaskHead.SpanAnswer("qa", true, independent());
    float[] high = {9, 9, 9, 0, 9};
    SpanSettings.Choice one = new SpanSettings.Choice(1, 30, 0);
    TaskHead.SpanAnswer narrow = new TaskHead.SpanAnswer("qa", true, independent().withChoice(one));
    Answer answer = decode(narrow, "x", new SpanScores(high, high, Beam.NONE, 0));
    assertEquals("empty", answer.text());
    assertEquals(OptionalDouble.of(18), answer.nullOdds());
    assertTrue(answer.isUnanswerable(100));
    Answer noText = decode(head, " \n ");
    assertEquals("empty", noText.text());
    assertEquals(List.of(), noText.best());
  }

  @Test
  void pythonsWhiteSpace() {
    assertEquals(List.of("a", "b", "c"), PythonText.split("\u00a0a\u001cb\u2028\u0085c\u3000"));
    assertEquals(List.of("a\u200bb"), PythonText.split(" a\u200bb"));
  }
}
