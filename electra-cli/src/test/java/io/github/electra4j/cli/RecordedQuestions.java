package io.github.electra4j.cli;

import static io.github.electra4j.testkit.TensorAssert.assertWithin;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.answer.Question;
import io.github.electra4j.train.answer.QuestionFeaturizer;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A recorded run on SQuAD. */
final class RecordedQuestions implements RecordedTask {
  private final TaskHead.SpanAnswer head;

  RecordedQuestions(JsonNode config, String task) {
    SpanSettings.Evidence evidence =
        config.get("answerable_uses_start_logits").asBoolean()
            ? SpanSettings.Evidence.START_LOGITS
            : SpanSettings.Evidence.FIRST_TOKEN;
    SpanSettings settings =
        new SpanSettings(
            config.get("joint_prediction").asBoolean(),
            config.get("beam_size").asInt(),
            new SpanSettings.Answerability(
                config.get("answerable_classifier").asBoolean()
                    ? evidence
                    : SpanSettings.Evidence.NONE,
                config.get("answerable_weight").asDouble()),
            new SpanSettings.Windows(
                config.get("max_query_length").asInt(), config.get("doc_stride").asInt()),
            new SpanSettings.Choice(
                config.get("n_best_size").asInt(),
                config.get("max_answer_length").asInt(),
                config.get("qa_na_threshold").asDouble()));
    this.head = new TaskHead.SpanAnswer(task, task.equals("squad"), settings);
  }

  @Override
  public TaskHead.SpanAnswer head() {
    return head;
  }

  @Override
  public TaskTarget target(JsonNode example) {
    String task = head.task();
    if (!example.has(task + "_start_positions")) {
      return TaskTarget.Span.UNKNOWN;
    }
    return new TaskTarget.Span(
        example.get(task + "_start_positions").asInt(),
        example.get(task + "_end_positions").asInt(),
        example.get(task + "_is_impossible").asBoolean());
  }

  @Override
  public List<TaskExample> examples(Path data, String split, ElectraTokenizer tokenizer, int length)
      throws IOException {
    QuestionFeaturizer featurizer = new QuestionFeaturizer(tokenizer, head, length);
    List<Question> questions = questions(data, split);
    return split.equals("train")
        ? featurizer.trainingExamples(questions)
        : questions.stream().flatMap(q -> featurizer.windows(q).examples().stream()).toList();
  }

  /** The questions of a split; only those of the training split know their answers. */
  List<Question> questions(Path data, String split) throws IOException {
    List<Question> questions = new ArrayList<>();
    JsonNode file = new ObjectMapper().readTree(data.resolve(split + ".json").toFile());
    for (JsonNode article : file.get("data")) {
      for (JsonNode paragraph : article.get("paragraphs")) {
        for (JsonNode entry : paragraph.get("qas")) {
          Question question =
              new Question(
                  questions.size(),
                  entry.get("id").asText(),
                  entry.get("question").asText(),
                  paragraph.get("context").asText(),
                  split.equals("train") ? Optional.of(known(entry)) : Optional.empty());
          if (!split.equals("train") || QuestionFeaturizer.problem(question).isEmpty()) {
            questions.add(question);
          }
        }
      }
    }
    return questions;
  }

  private static Question.KnownAnswer known(JsonNode entry) {
    if (entry.path("is_impossible").asBoolean()) {
      return Question.KnownAnswer.none();
    }
    JsonNode answer = entry.get("answers").get(0);
    return new Question.KnownAnswer(
        answer.get("text").asText(), answer.get("answer_start").asInt());
  }

  @Override
  public void check(
      GoldenTensors golden,
      String when,
      LabelledBatch batch,
      List<HeadOutput> outputs,
      double tolerance) {
    for (int i = 0; i < outputs.size(); i++) {
      HeadOutput.SpanScores scores = (HeadOutput.SpanScores) outputs.get(i);
      String what = "%s, window %d: ".formatted(when, i);
      checkLogits(
          what + "starts", row(golden, when, "start_logits", i), scores.startLogits(), tolerance);
      assertEquals(
          golden.get(when + ".answerable_logit").floats()[i], scores.unanswerable(), tolerance);
      if (head.settings().jointPrediction()) {
        checkBeam(golden, when, i, scores.beam(), tolerance);
      } else {
        checkLogits(
            what + "ends", row(golden, when, "end_logits", i), scores.endLogits(), tolerance);
      }
    }
  }

  /** Logits that are lower by 1000 are compared to two of a float's steps at that size. */
  private static void checkLogits(String what, float[] expected, float[] actual, double tolerance) {
    assertEquals(expected.length, actual.length, what);
    for (int t = 0; t < expected.length; t++) {
      double allowed = expected[t] < -500 ? 2 * Math.ulp(1000f) : tolerance;
      assertEquals(expected[t], actual[t], allowed, what + ", token " + t);
    }
  }

  private static void checkBeam(
      GoldenTensors golden, String when, int i, HeadOutput.Beam beam, double tolerance) {
    String what = "%s, window %d: ".formatted(when, i);
    int width = beam.starts().length;
    assertArrayEquals(ints(row(golden, when, "start_top_index", i)), beam.starts(), what);
    assertWithin(
        what, row(golden, when, "start_top_log_probs", i), beam.startLogProbabilities(), tolerance);
    float[] positions = row(golden, when, "end_top_index", i);
    float[] logProbabilities = row(golden, when, "end_top_log_probs", i);
    for (int k = 0; k < width; k++) {
      assertWithin(
          what + "ends of start " + k,
          Arrays.copyOfRange(logProbabilities, k * width, (k + 1) * width),
          beam.endLogProbabilities()[k],
          tolerance);
      assertArrayEquals(
          ints(Arrays.copyOfRange(positions, k * width, (k + 1) * width)), beam.ends()[k], what);
    }
  }

  private static float[] row(GoldenTensors golden, String when, String name, int i) {
    GoldenTensors.Tensor tensor = golden.get(when + "." + name);
    int width = tensor.values().length / (int) tensor.shape()[0];
    return Arrays.copyOfRange(tensor.floats(), i * width, (i + 1) * width);
  }

  private static int[] ints(float[] values) {
    int[] ints = new int[values.length];
    Arrays.setAll(ints, i -> (int) values[i]);
    return ints;
  }
}
