package io.github.electra4j.train.answer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.train.answer.Question.KnownAnswer;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget.Span;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Numbers are those of the original for the same lengths. */
class QuestionFeaturizerTest {
  static final ElectraTokenizer TOKENIZER =
      ElectraTokenizer.of(
          Vocabulary.of(
              List.of(
                  "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "q", "w", "##w", "x", "y", "(", ")",
                  "-")),
          TokenizerOptions.uncased());

  static TaskHead.SpanAnswer head(int query, int stride) {
    return new TaskHead.SpanAnswer(
        "qa", true, SpanSettings.defaults().withWindows(new SpanSettings.Windows(query, stride)));
  }

  private static Question question(long id, String text, String context, KnownAnswer known) {
    return new Question(id, "key" + id, text, context, Optional.of(known));
  }

  private static String words(int count) {
    return String.join(" ", Collections.nCopies(count, "w"));
  }

  @Test
  void windowsAndTargets() {
    String context = words(10) + " x y " + words(6);
    Question question = question(0, "q q", context, new KnownAnswer("x y", 20));
    List<TaskExample> windows =
        new QuestionFeaturizer(TOKENIZER, head(8, 4), 16).trainingExamples(question);
    assertEquals(List.of(0L, 1L, 2L), windows.stream().map(TaskExample::id).toList());
    assertEquals(
        List.of(new Span(0, 0, false), new Span(10, 11, false), new Span(6, 7, false)),
        windows.stream().map(TaskExample::target).toList());
    assertEquals(16, windows.get(0).length());
    assertEquals(15, windows.get(2).length());
    assertArrayEquals(
        new int[] {2, 5, 5, 3, 6, 6, 6, 6, 6, 6, 8, 9, 6, 6, 6, 3}, windows.get(1).inputIds());
    assertArrayEquals(
        new int[] {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, windows.get(1).tokenTypeIds());
    Question impossible = question(1, "q", context, KnownAnswer.none());
    List<TaskExample> none =
        new QuestionFeaturizer(TOKENIZER, head(8, 4), 16).trainingExamples(impossible);
    assertEquals(List.of(1000L, 1001L, 1002L), none.stream().map(TaskExample::id).toList());
    none.forEach(window -> assertEquals(new Span(0, 0, true), window.target()));
  }

  @Test
  void windowsOfTheOriginalsLengths() {
    assertEquals(
        List.of(List.of(0, 445), List.of(128, 445), List.of(256, 344)), places(600, 445, 128));
    assertEquals(
        List.of(List.of(0, 100), List.of(100, 100), List.of(200, 100)), places(300, 100, 128));
    assertEquals(List.of(List.of(0, 445)), places(445, 445, 128));
    assertEquals(List.of(), places(0, 445, 128));
  }

  private static QuestionWindows windows(int pieces, int capacity, int stride) {
    return new QuestionFeaturizer(TOKENIZER, head(8, stride), capacity + 4)
        .windows(Question.of(0, "k", "q", words(pieces)));
  }

  private static List<List<Integer>> places(int pieces, int capacity, int stride) {
    return windows(pieces, capacity, stride).windows().stream()
        .map(window -> List.of(window.start(), window.length()))
        .toList();
  }

  @Test
  void aTokenBelongsToTheWindowWithMostContext() {
    QuestionWindows windows = windows(600, 445, 128);
    for (int piece = 0; piece < 600; piece++) {
      int owner = piece < 287 ? 0 : piece < 415 ? 1 : 2;
      for (int window = 0; window < 3; window++) {
        int position = piece - windows.windows().get(window).start() + windows.contextStart();
        if (windows.isContext(window, position)) {
          assertEquals(window == owner, windows.isMaxContext(window, position), "piece " + piece);
        }
      }
    }
    assertFalse(windows.isContext(0, 2));
    assertTrue(windows.isContext(0, 3));
    assertTrue(windows.isContext(0, 447));
    assertFalse(windows.isContext(0, 448));
  }

  @Test
  void theAnswerIsNarrowedToItsPieces() {
    String context = "w (x-y) w";
    TaskExample whole =
        new QuestionFeaturizer(TOKENIZER, head(4, 9), 16)
            .trainingExamples(question(0, "q", context, new KnownAnswer("x", 3)))
            .get(0);
    assertEquals(new Span(5, 5, false), whole.target()); // [CLS] q [SEP] w ( x - y ) w
    assertEquals(
        6,
        new QuestionFeaturizer(TOKENIZER, head(4, 9), 16)
            .windows(Question.of(0, "", "q", "ww (w) w"))
            .windows()
            .get(0)
            .length());
  }

  @Test
  void offsetsCountCodePoints() {
    String context = "\ud83d\ude00 \ud83d\ude00 x y";
    assertEquals(
        Optional.empty(),
        QuestionFeaturizer.problem(question(0, "q", context, new KnownAnswer("x y", 4))));
  }

  @Test
  void anAnswerThatIsNotInTheTextIsReported() {
    assertProblem("at character 2 the text says \"x\", not the answer \"y\"", "w x y", "y", 2);
    assertProblem("is not inside the text of 5 characters", "w x y", "y", 9);
    assertProblem("is not inside the text of 5 characters", "w x y", "y w", 4);
    assertProblem("is not inside", "w x y", "", 1);
    assertProblem("is not inside", "  x", " x", 0);
    QuestionFeaturizer featurizer = new QuestionFeaturizer(TOKENIZER, head(4, 9), 16);
    Question wrong = question(0, "q", "w x y", new KnownAnswer("y", 0));
    Question right = question(1, "q", "w x y", new KnownAnswer("Y", 4));
    assertEquals(1, featurizer.trainingExamples(List.of(wrong, right)).size());
    assertThrows(
        IllegalArgumentException.class,
        () -> featurizer.trainingExamples(Question.of(0, "k", "q", "w")));
  }

  private static void assertProblem(String part, String context, String answer, int start) {
    String problem =
        QuestionFeaturizer.problem(question(0, "q", context, new KnownAnswer(answer, start)))
            .orElseThrow();
    assertTrue(problem.contains(part), problem);
  }

  @Test
  void windowsNeedRoom() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new QuestionFeaturizer(TOKENIZER, head(13, 4), 16))
            .getMessage();
    assertTrue(message.contains("choose more than 16"), message);
    QuestionWindows cut =
        new QuestionFeaturizer(TOKENIZER, head(2, 4), 16)
            .windows(Question.of(0, "k", "q q q q", "w"));
    assertEquals(4, cut.contextStart());
  }
}
