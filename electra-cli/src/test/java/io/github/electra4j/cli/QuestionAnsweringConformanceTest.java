package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.answer.Answer;
import io.github.electra4j.train.answer.AnswerStream;
import io.github.electra4j.train.answer.Question;
import io.github.electra4j.train.answer.QuestionFeaturizer;
import io.github.electra4j.train.answer.QuestionWindows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The answers to questions in every recorded run of the original: texts and null odds. */
@Tag("conformance")
class QuestionAnsweringConformanceTest {
  @TestFactory
  Stream<DynamicTest> everyRecordedRun() throws IOException {
    List<RecordedRun> runs =
        RecordedRun.all().stream().filter(run -> run.task() instanceof RecordedQuestions).toList();
    assertTrue(!runs.isEmpty(), "no run on questions in " + SharedFolders.golden("finetuning"));
    return runs.stream()
        .flatMap(
            run ->
                Stream.of(
                    dynamicTest(run.name() + " answers", () -> checkAnswers(run)),
                    dynamicTest(run.name() + " windows", () -> checkWindows(run))));
  }

  private static void checkAnswers(RecordedRun run) throws IOException {
    RecordedQuestions task = (RecordedQuestions) run.task();
    QuestionFeaturizer featurizer =
        new QuestionFeaturizer(RecordedRun.tokenizer(), task.head(), run.length());
    List<Answer> answers = new ArrayList<>();
    try (FineTunedModel model =
        FineTunedModel.of(run.checkpoint("model.ckpt-" + run.steps().size()), task.head())) {
      new AnswerStream(model, featurizer, 4)
          .answer(task.questions(run.data(), "dev").iterator(), answers::add);
    }
    JsonNode predictions = run.json("predictions.json");
    assertEquals(predictions.size(), answers.size());
    for (Answer answer : answers) {
      String key = answer.question().key();
      assertEquals(predictions.get(key).asText(), answer.text(), key);
      String context = answer.question().context();
      answer
          .best()
          .forEach(
              span ->
                  assertEquals(
                      span.text(),
                      context.substring(span.start(), span.end()).replaceAll("\\s+", " ")));
    }
    if (task.head().nullAnswers()) {
      JsonNode odds = run.json("null_odds.json");
      answers.forEach(
          answer ->
              assertEquals(
                  odds.get(answer.question().key()).asDouble(),
                  answer.nullOdds().orElseThrow(),
                  1e-4));
    }
  }

  private static void checkWindows(RecordedRun run) throws IOException {
    RecordedQuestions task = (RecordedQuestions) run.task();
    String name = task.head().task();
    QuestionFeaturizer featurizer =
        new QuestionFeaturizer(RecordedRun.tokenizer(), task.head(), run.length());
    JsonNode recorded = run.features("dev");
    int next = 0;
    for (Question question : task.questions(run.data(), "dev")) {
      QuestionWindows windows = featurizer.windows(question);
      for (int window = 0; window < windows.windows().size(); window++) {
        JsonNode features = recorded.get(next++);
        assertEquals(window, features.get(name + "_doc_span_index").asInt());
        JsonNode words = features.get(name + "_token_to_orig_map");
        JsonNode best = features.get(name + "_token_is_max_context");
        int length = windows.windows().get(window).example().length();
        for (int position = 0; position < length; position++) {
          String key = Integer.toString(position);
          assertEquals(words.has(key), windows.isContext(window, position), key);
          if (words.has(key)) {
            assertEquals(words.get(key).asInt(), windows.word(window, position));
            assertEquals(best.get(key).asBoolean(), windows.isMaxContext(window, position));
          }
          assertEquals(
              features.get(name + "_tokens").get(position).asText(),
              featurizer
                  .tokenizer()
                  .vocabulary()
                  .piece(windows.windows().get(window).example().inputIds()[position]));
        }
      }
    }
    assertEquals(recorded.size(), next);
  }
}
