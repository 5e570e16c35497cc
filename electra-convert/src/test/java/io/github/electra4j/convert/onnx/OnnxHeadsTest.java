package io.github.electra4j.convert.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.onnx.OnnxRun.Output;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.SpanSettings.Answerability;
import io.github.electra4j.model.SpanSettings.Evidence;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.testkit.TensorAssert;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import io.github.electra4j.train.task.TokenSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every head, run by ONNX Runtime, answers what it answers here. */
class OnnxHeadsTest {
  private static final double TOLERANCE = 1e-4;
  private static final int VOCABULARY = 97;
  private static final ElectraConfig CONFIG =
      new ElectraConfig(
          VOCABULARY,
          24,
          40,
          2,
          0.02,
          new EncoderConfig(32, 3, 4, 64, 0.1, 0.1),
          Optional.empty(),
          false);

  @TempDir Path folder;

  private static Checkpoint checkpoint(TaskHead head) {
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(CONFIG, List.of(head)), 0.2, 5);
    return new Checkpoint(CONFIG, List.of(head), weights, Optional.empty(), Optional.empty());
  }

  private Path export(Checkpoint checkpoint) throws Exception {
    return export(checkpoint, Precision.FLOAT32);
  }

  private Path export(Checkpoint checkpoint, Precision precision) throws Exception {
    Path target = folder.resolve("out");
    OnnxExport.write(
        checkpoint, target, new OnnxOptions(Optional.empty(), precision, Optional.empty(), true));
    return target;
  }

  /**
   * Texts of different lengths, each with a second part, so that all but the longest are padded.
   */
  private static List<TaskExample> examples(TaskHead head, int count, TaskTarget target) {
    Random random = new Random(count);
    List<TaskExample> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<TokenSequence> sequences = new ArrayList<>();
      for (int s = 0; s < target.sequences(); s++) {
        int length = 6 + random.nextInt(14);
        int[] ids = random.ints(length, 0, VOCABULARY).toArray();
        int[] types = IntStream.range(0, length).map(t -> t > length / 3 ? 1 : 0).toArray();
        sequences.add(new TokenSequence(ids, types));
      }
      examples.add(new TaskExample(i, head.task(), sequences, target));
    }
    return examples;
  }

  private interface Check {
    void run(Map<String, Output> outputs, LabelledBatch batch, List<HeadOutput> expected);
  }

  private void everyShape(TaskHead head, TaskTarget target, Check check) throws Exception {
    Checkpoint checkpoint = checkpoint(head);
    try (OnnxRun onnx = new OnnxRun(export(checkpoint));
        FineTunedModel model = FineTunedModel.of(checkpoint, head)) {
      for (int count : new int[] {1, 3, 8}) {
        LabelledBatch batch = LabelledBatch.of(examples(head, count, target), 40);
        long[] outer =
            target.sequences() == 1 ? new long[] {count} : new long[] {count, target.sequences()};
        check.run(onnx.run(batch.tokens(), outer), batch, model.answers(batch));
      }
    }
  }

  private static float[] scores(List<HeadOutput> expected) {
    return flat(expected.stream().map(each -> ((HeadOutput.Scores) each).values()).toList());
  }

  private static float[] flat(List<float[]> rows) {
    int width = rows.get(0).length;
    float[] flat = new float[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, flat, i * width, width);
    }
    return flat;
  }

  @ParameterizedTest
  @EnumSource(HeadLayers.class)
  void classification(HeadLayers layers) throws Exception {
    TaskHead head = new TaskHead.Classification("sst", List.of("bad", "neither", "good"), layers);
    everyShape(
        head,
        new TaskTarget.Label(0),
        (outputs, batch, expected) -> {
          Output logits = outputs.get("logits");
          assertArrayEquals(new long[] {expected.size(), 3}, logits.shape());
          TensorAssert.assertWithin("logits", scores(expected), logits.values(), TOLERANCE);
        });
  }

  @ParameterizedTest
  @EnumSource(HeadLayers.class)
  void regression(HeadLayers layers) throws Exception {
    everyShape(
        new TaskHead.Regression("sts", 0, 5, layers),
        new TaskTarget.Score(0),
        (outputs, batch, expected) ->
            TensorAssert.assertWithin(
                "logits", scores(expected), outputs.get("logits").values(), TOLERANCE));
  }

  @ParameterizedTest
  @EnumSource(HeadLayers.class)
  void ranking(HeadLayers layers) throws Exception {
    everyShape(
        new TaskHead.PairRanking("swag", layers),
        new TaskTarget.Choice(4, 0),
        (outputs, batch, expected) -> {
          Output logits = outputs.get("logits");
          assertArrayEquals(new long[] {expected.size(), 4}, logits.shape());
          TensorAssert.assertWithin("logits", scores(expected), logits.values(), TOLERANCE);
        });
  }

  @Test
  void tagging() throws Exception {
    TaskHead head = new TaskHead.Tagging("chunk", List.of("O", "B-NP", "I-NP"));
    int[] positions = {1, 2, 4};
    everyShape(
        head,
        new TaskTarget.Tags(positions, new int[3]),
        (outputs, batch, expected) -> {
          for (int i = 0; i < expected.size(); i++) {
            float[][] words = ((HeadOutput.WordScores) expected.get(i)).logits();
            requireWords(words, positions, i, batch, outputs.get("logits"));
          }
        });
  }

  @Test
  void intentAndSlots() throws Exception {
    TaskHead head =
        new TaskHead.IntentAndSlots("atis", List.of("flight", "fare"), List.of("O", "B", "I"));
    int[] positions = {1, 3};
    everyShape(
        head,
        new TaskTarget.IntentAndTags(0, new TaskTarget.Tags(positions, new int[2])),
        (outputs, batch, expected) -> {
          for (int i = 0; i < expected.size(); i++) {
            HeadOutput.IntentScores scores = (HeadOutput.IntentScores) expected.get(i);
            float[] intents = outputs.get("intent_logits").values();
            TensorAssert.assertWithin(
                "intents",
                scores.intents(),
                Arrays.copyOfRange(intents, 2 * i, 2 * i + 2),
                TOLERANCE);
            requireWords(scores.slots(), positions, i, batch, outputs.get("slot_logits"));
          }
        });
  }

  private static void requireWords(
      float[][] words, int[] positions, int example, LabelledBatch batch, Output logits) {
    int labels = words[0].length;
    for (int w = 0; w < positions.length; w++) {
      int start = (example * batch.tokens().seq() + positions[w]) * labels;
      float[] actual = Arrays.copyOfRange(logits.values(), start, start + labels);
      TensorAssert.assertWithin("word " + w, words[w], actual, TOLERANCE);
    }
  }

  private static TaskHead.SpanAnswer span(boolean joint, Evidence evidence) {
    return new TaskHead.SpanAnswer(
        "squad",
        true,
        SpanSettings.defaults()
            .withEnds(joint, 5)
            .withAnswerability(new Answerability(evidence, 0.5)));
  }

  @ParameterizedTest
  @EnumSource(Evidence.class)
  void independentSpans(Evidence evidence) throws Exception {
    everyShape(
        span(false, evidence),
        TaskTarget.Span.UNKNOWN,
        (outputs, batch, expected) -> {
          requireStarts(outputs, expected, evidence);
          float[] ends =
              flat(
                  expected.stream()
                      .map(each -> ((HeadOutput.SpanScores) each).endLogits())
                      .toList());
          TensorAssert.assertWithin("ends", ends, outputs.get("end_logits").values(), TOLERANCE);
        });
  }

  private static void requireStarts(
      Map<String, Output> outputs, List<HeadOutput> expected, Evidence evidence) {
    List<HeadOutput.SpanScores> spans =
        expected.stream().map(HeadOutput.SpanScores.class::cast).toList();
    float[] starts = flat(spans.stream().map(HeadOutput.SpanScores::startLogits).toList());
    TensorAssert.assertWithin("starts", starts, outputs.get("start_logits").values(), TOLERANCE);
    assertEquals(evidence != Evidence.NONE, outputs.containsKey("unanswerable_logits"));
    if (evidence != Evidence.NONE) {
      float[] decisions = new float[spans.size()];
      IntStream.range(0, decisions.length).forEach(i -> decisions[i] = spans.get(i).unanswerable());
      TensorAssert.assertWithin(
          "unanswerable", decisions, outputs.get("unanswerable_logits").values(), TOLERANCE);
    }
  }

  @ParameterizedTest
  @EnumSource(Evidence.class)
  void jointSpans(Evidence evidence) throws Exception {
    everyShape(
        span(true, evidence),
        TaskTarget.Span.UNKNOWN,
        (outputs, batch, expected) -> {
          requireStarts(outputs, expected, evidence);
          int seq = batch.tokens().seq();
          Output starts = outputs.get("start_top_index");
          Output ends = outputs.get("end_top_logits");
          assertArrayEquals(new long[] {expected.size(), 5}, starts.shape());
          assertArrayEquals(new long[] {expected.size(), 5, seq}, ends.shape());
          for (int i = 0; i < expected.size(); i++) {
            HeadOutput.Beam beam = ((HeadOutput.SpanScores) expected.get(i)).beam();
            for (int rank = 0; rank < 5; rank++) {
              assertEquals(beam.starts()[rank], (int) starts.values()[5 * i + rank]);
              int from = (5 * i + rank) * seq;
              float[] logits = Arrays.copyOfRange(ends.values(), from, from + seq);
              requireEnds(beam, rank, logits);
            }
          }
          float[] best = Arrays.copyOf(ends.values(), seq);
          assertArrayEquals(best, Arrays.copyOf(outputs.get("end_logits").values(), seq));
        });
  }

  /** Ends that can be part of an answer have the probabilities of our own beam. */
  private static void requireEnds(HeadOutput.Beam beam, int rank, float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    for (int i = 0; i < beam.ends()[rank].length; i++) {
      float expected = beam.endLogProbabilities()[rank][i];
      double actual = logits[beam.ends()[rank][i]] - Math.log(sum);
      if (expected > -500) {
        assertEquals(expected, actual, TOLERANCE);
      }
    }
  }

  static List<TaskHead> kinds() {
    return List.of(
        new TaskHead.Classification("sst", List.of("bad", "neither", "good")),
        new TaskHead.Classification("mnli", List.of("a", "b"), HeadLayers.TWO),
        new TaskHead.Regression("sts", 0, 5, HeadLayers.TWO),
        new TaskHead.PairRanking("swag", HeadLayers.TWO),
        new TaskHead.Tagging("chunk", List.of("O", "B-NP", "I-NP")),
        new TaskHead.IntentAndSlots("atis", List.of("flight", "fare"), List.of("O", "B", "I")),
        span(false, Evidence.FIRST_TOKEN),
        span(true, Evidence.START_LOGITS));
  }

  static Stream<Arguments> kindsInHalfPrecision() {
    return kinds().stream()
        .flatMap(
            head ->
                Stream.of(Precision.FLOAT16, Precision.BFLOAT16)
                    .map(precision -> Arguments.of(head, precision)));
  }

  /** What a file computes for six texts, or for three candidates of each of two. */
  private Map<String, Output> outputs(Checkpoint checkpoint, Precision precision) throws Exception {
    TaskHead head = checkpoint.heads().get(0);
    boolean choices = head instanceof TaskHead.PairRanking;
    LabelledBatch batch =
        LabelledBatch.of(
            examples(head, choices ? 2 : 6, new TaskTarget.Choice(choices ? 3 : 1, 0)), 40);
    try (OnnxRun onnx = new OnnxRun(export(checkpoint, precision))) {
      return onnx.run(batch.tokens(), choices ? new long[] {2, 3} : new long[] {6});
    }
  }

  @ParameterizedTest
  @MethodSource("kindsInHalfPrecision")
  void halvesAreRoundedWeights(TaskHead head, Precision precision) throws Exception {
    Checkpoint exact = checkpoint(head);
    WeightMap rounded =
        WeightMap.of(
            exact.weights().layout(),
            OnnxNetworksTest.rounded(exact.weights(), precision),
            "rounded");
    Map<String, Output> expected = outputs(exact.withWeights(rounded), Precision.FLOAT32);
    Map<String, Output> actual = outputs(exact, precision);
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, output) ->
            TensorAssert.assertWithin(name, output.values(), actual.get(name).values(), TOLERANCE));
    float[] unrounded = outputs(exact, Precision.FLOAT32).values().iterator().next().values();
    assertFalse(Arrays.equals(unrounded, actual.values().iterator().next().values()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void bytesStayNear(TaskHead head) throws Exception {
    ElectraConfig config = ElectraConfig.tiny(VOCABULARY).encoderOnly();
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(config, List.of(head)), 0.02, 5);
    Checkpoint checkpoint =
        new Checkpoint(config, List.of(head), weights, Optional.empty(), Optional.empty());
    Map<String, Output> exact = outputs(checkpoint, Precision.FLOAT32);
    Map<String, Output> near = outputs(checkpoint, Precision.INT8);
    assertEquals(exact.keySet(), near.keySet());
    exact.forEach(
        (name, output) -> {
          if (!name.contains("top") && !name.equals("end_logits")) { // they follow the best starts
            double error = relativeError(output.values(), near.get(name).values());
            assertTrue(error < 0.1, () -> name + " is off by " + error);
            assertTrue(error > 0, () -> name + " was not rounded");
          }
        });
  }

  /** Of logits that are not of tokens that cannot be in an answer. */
  private static double relativeError(float[] exact, float[] near) {
    double error = 0;
    double size = 0;
    for (int i = 0; i < exact.length; i++) {
      if (exact[i] > -500) {
        error += Math.pow(exact[i] - near[i], 2);
        size += exact[i] * exact[i];
      }
    }
    return Math.sqrt(error / size);
  }
}
