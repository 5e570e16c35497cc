package io.github.electra4j.cli;

import static io.github.electra4j.testkit.TensorAssert.assertWithin;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.train.FineTuneSession;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.StepReport;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskTarget;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every recorded fine-tuning run of the original: features, losses, gradients, weights and outputs.
 *
 * <p>Two traits of the recordings, which were made by TensorFlow 2, are known. The learning rate
 * runs ahead by one update. And some gradients were read after a weight that they depend on had
 * been updated. Where a recorded gradient differs from ours, {@link GradientJudge} decides between
 * the two by finite differences of the loss, which is itself compared with the recorded losses; the
 * recorded gradient must lose.
 */
@Tag("conformance")
class FinetuningConformanceTest {
  private static final String WORDS = "electra/embeddings/word_embeddings";

  /**
   * Where all numbers of a softmax are shifted alike, as by the bias of the keys or of a start
   * logit, there is no gradient but rounding noise.
   */
  private static final double NOISE = 2e-6;

  @TestFactory
  Stream<DynamicTest> everyRecordedRun() throws IOException {
    return RecordedRun.all().stream().map(run -> dynamicTest(run.name(), () -> check(run)));
  }

  private static void check(RecordedRun run) throws IOException {
    checkFeatures(run, "train");
    checkFeatures(run, "dev");
    Checkpoint before = run.checkpoint("model.ckpt-0");
    TaskHead head = before.heads().get(0);
    try (FineTuneSession session =
            FineTuneSession.start(before, head, run.choices(), run.schedule().leading(1));
        FineTunedModel model = session.model()) {
      checkOutputs(run, "before", model, 1e-5);
      checkGradients(run, session);
      for (JsonNode step : run.steps()) {
        StepReport report = session.step(run.batch("train", step.get("examples")));
        double loss = step.get("loss").asDouble();
        assertEquals(loss, report.loss(), 1e-4 * loss, "loss of step " + step.get("step"));
      }
      checkWeights(run, session.checkpoint(false).weights());
      checkOutputs(run, "after", model, 1e-4);
    }
  }

  private static void checkFeatures(RecordedRun run, String split) throws IOException {
    Map<Long, RecordedRun.Features> expected = run.recordedFeatures(split);
    Map<Long, RecordedRun.Features> actual = run.ownFeatures(split);
    assertEquals(expected.keySet(), actual.keySet(), split + " example ids");
    expected.forEach(
        (id, features) -> {
          String what = "%s example %d ".formatted(split, id);
          RecordedRun.Features own = actual.get(id);
          assertArrayEquals(features.inputIds(), own.inputIds(), what + "input ids");
          assertArrayEquals(features.inputMask(), own.inputMask(), what + "mask");
          assertArrayEquals(features.segmentIds(), own.segmentIds(), what + "segment ids");
          assertSameTarget(features.target(), own.target(), what + "target");
        });
  }

  private static void assertSameTarget(TaskTarget expected, TaskTarget actual, String what) {
    if (expected instanceof TaskTarget.Score score) {
      assertEquals(score.value(), ((TaskTarget.Score) actual).value(), 1e-6, what);
    } else {
      assertEquals(expected, actual, what);
    }
  }

  private static void checkOutputs(
      RecordedRun run, String when, FineTunedModel model, double tolerance) throws IOException {
    LabelledBatch batch = run.batch("dev", null);
    run.task().check(run.outputs(), "eval_" + when, batch, model.answers(batch), tolerance);
  }

  private static void checkGradients(RecordedRun run, FineTuneSession session) throws IOException {
    LabelledBatch batch = run.batch("train", run.steps().get(0).get("examples"));
    GoldenTensors golden = run.outputs();
    GradientJudge judge = new GradientJudge(session.checkpoint(false), batch);
    session.gradients(
        batch,
        0,
        outcome -> {
          outcome
              .gradients()
              .forEach((name, gradient) -> checkGradient(golden, name, gradient, judge));
          return null;
        });
    assertTrue(
        judge.refuted().size() < recordedGradients(golden),
        () -> "not one recorded gradient agrees: " + judge.refuted());
    System.err.println(run.name() + ": recorded gradients refuted: " + judge.refuted());
  }

  private static long recordedGradients(GoldenTensors golden) {
    return golden.names().stream().filter(name -> name.startsWith("step0.grad.")).count();
  }

  private static void checkGradient(
      GoldenTensors golden, String name, INDArray gradient, GradientJudge judge) {
    String recordedName = "step0.grad." + name;
    if (!golden.names().contains(recordedName)) {
      assertEquals(WORDS, name, "the one gradient that is not recorded");
      return;
    }
    float[] recorded = golden.get(recordedName).floats();
    float[] own = gradient.dup('c').ravel().toFloatVector();
    boolean noise = largest(recorded) < NOISE && largest(own) < NOISE;
    if (!noise && largestDifference(recorded, own) > 1e-4 * largest(recorded)) {
      judge.refute(name, recorded, own);
    }
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double largestDifference(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs((double) expected[i] - actual[i]));
    }
    return largest;
  }

  private static void checkWeights(RecordedRun run, WeightMap own) throws IOException {
    WeightMap recorded = run.checkpoint("model.ckpt-" + run.steps().size()).weights();
    for (String name : own.names()) {
      assertWithin(
          name,
          recorded.get(name).dup('c').ravel().toFloatVector(),
          own.get(name).dup('c').ravel().toFloatVector(),
          1e-5);
    }
  }
}
