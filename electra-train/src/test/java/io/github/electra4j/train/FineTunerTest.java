package io.github.electra4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class FineTunerTest {
  private static final List<TaskExample> EXAMPLES = TinyTask.examples(96);

  @Test
  void aTinyModelLearnsATinyTask() throws IOException {
    FineTuneConfig choices = TinyTask.CHOICES.withEpochs(20);
    List<Double> epochs = new ArrayList<>();
    TrainListener listener =
        new TrainListener() {
          @Override
          public void onEpoch(double epoch, FineTunedModel model) {
            epochs.add(epoch);
          }
        };
    FineTuner.Result result =
        FineTuner.of(TinyTask.start(), TinyTask.HEAD, choices).run(EXAMPLES, listener);
    assertTrue(result.isComplete());
    assertEquals(240, result.step());
    assertEquals(20, epochs.size());
    assertTrue(accuracy(result.checkpoint()) > 0.95, "accuracy " + accuracy(result.checkpoint()));
  }

  @Test
  void evaluationsOnTheWayChangeNothing() throws IOException {
    List<Long> steps = new ArrayList<>();
    TrainListener listener =
        new TrainListener() {
          @Override
          public void onEvaluation(long step, double epoch, FineTunedModel model) {
            model.outputs(EXAMPLES, 32, done -> {});
            assertEquals(step / 12.0, epoch);
            steps.add(step);
          }
        };
    FineTuneConfig choices = TinyTask.CHOICES.withEpochs(2);
    FineTuner tuner = FineTuner.of(TinyTask.start(), TinyTask.HEAD, choices);
    Checkpoint tuned = tuner.evaluatingEvery(4).run(EXAMPLES, listener).checkpoint();
    assertEquals(List.of(4L, 8L, 16L, 20L), steps);
    assertSameWeights(tuner.run(EXAMPLES, TrainListener.none()).checkpoint(), tuned);
    assertThrows(IllegalArgumentException.class, () -> tuner.evaluatingEvery(0));
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnotherSeedOthers() throws IOException {
    Checkpoint one = run(TinyTask.CHOICES);
    assertSameWeights(one, run(TinyTask.CHOICES));
    String kernel = "task_specific/seven/dense/kernel";
    assertNotEquals(
        one.weights().get(kernel), run(TinyTask.CHOICES.withSeed(12)).weights().get(kernel));
  }

  @Test
  void aStoppedRunGoesOnToTheBit(@TempDir Path folder) throws IOException {
    CheckpointStore store = CheckpointStore.open(folder.resolve("run"), Map.of("seed", "11"), 2);
    FineTuner tuner =
        FineTuner.of(TinyTask.start(), TinyTask.HEAD, TinyTask.CHOICES).savingTo(store, 10);
    for (int stopAt : new int[] {3, 17, 40}) {
      FineTuner.Result stopped = tuner.run(EXAMPLES, stoppingAt(stopAt));
      assertFalse(stopped.isComplete());
      assertEquals(stopAt, stopped.step());
      assertEquals(stopAt, store.latestStep().orElseThrow());
    }
    FineTuner.Result finished = tuner.run(EXAMPLES, TrainListener.none());
    assertTrue(finished.isComplete());
    assertSameWeights(run(TinyTask.CHOICES), finished.checkpoint());
    try (Stream<Path> states = Files.list(folder.resolve("run"))) {
      assertEquals(3, states.count(), "run.json and the two newest states");
    }
    store.delete();
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void theStoreOfAnotherRunIsRefusedWithTheDifferences(@TempDir Path folder) throws IOException {
    CheckpointStore.open(folder, Map.of("seed", "7"), 1).close(); // nothing was saved
    CheckpointStore.open(folder, Map.of("seed", "1", "data", "abc"), 1).close();
    Files.createDirectory(folder.resolve("step-00000001"));
    CheckpointStore.open(folder, Map.of("seed", "1", "data", "abc"), 1).close();
    MalformedFileException e =
        assertThrows(
            MalformedFileException.class,
            () -> CheckpointStore.open(folder, Map.of("seed", "2", "data", "abc"), 1));
    assertTrue(e.getMessage().contains("seed was 1, is now 2"), e.getMessage());
    assertFalse(e.getMessage().contains("data was"), e.getMessage());
  }

  @Test
  void aStoreIsOpenOnce(@TempDir Path folder) throws IOException {
    try (CheckpointStore store = CheckpointStore.open(folder, Map.of("seed", "1"), 1)) {
      Path half = Files.createFile(folder.resolve(".step-00000500.01234567.tmp"));
      FileSystemException e =
          assertThrows(
              FileSystemException.class,
              () -> CheckpointStore.open(folder, Map.of("seed", "1"), 1));
      assertTrue(e.getMessage().contains("somebody is training here"), e.getMessage());
      assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
      assertTrue(Files.exists(half), "what the other one is writing");
      assertTrue(store.latest().isEmpty());
    }
    CheckpointStore.open(folder, Map.of("seed", "1"), 1).close();
  }

  @Test
  void aDamagedRunFileIsNamed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("run.json"), "{");
    Files.createDirectories(folder.resolve("step-00000001"));
    MalformedFileException e =
        assertThrows(MalformedFileException.class, () -> CheckpointStore.open(folder, Map.of(), 1));
    assertTrue(e.getMessage().contains("run.json"), e.getMessage());
  }

  @Test
  void divergenceIsSaidAndTheLastStateStays(@TempDir Path folder) throws IOException {
    Checkpoint start = TinyTask.start();
    Map<String, INDArray> broken = start.weights().copy();
    broken.get("electra/embeddings/LayerNorm/gamma").putScalar(3, Float.NaN);
    Checkpoint nan = start.withWeights(start.weights().with(broken));
    CheckpointStore store = CheckpointStore.open(folder, Map.of(), 1);
    FineTuner tuner = FineTuner.of(nan, TinyTask.HEAD, TinyTask.CHOICES).savingTo(store, 5);
    TrainingDivergedException e =
        assertThrows(
            TrainingDivergedException.class, () -> tuner.run(EXAMPLES, TrainListener.none()));
    assertEquals(1, e.step());
    assertTrue(e.getMessage().contains("learning rate (now 0.003)"), e.getMessage());
    assertTrue(store.latest().isEmpty(), "nothing was saved");
  }

  @Test
  void aHeadOfTheStartingCheckpointIsGoneOnWith() throws IOException {
    Checkpoint tuned = run(TinyTask.CHOICES);
    try (FineTuneSession session =
        FineTuneSession.start(tuned, TinyTask.HEAD, TinyTask.CHOICES, 10)) {
      assertSameWeights(tuned, session.checkpoint(false));
    }
  }

  @Test
  void whatCannotBeDoneIsRefused() throws IOException {
    Checkpoint start = TinyTask.start();
    FineTuneConfig tooLong = new FineTuneConfig(1e-3, 0, 1, 0, 1, 8, 17, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> FineTuner.of(start, TinyTask.HEAD, tooLong));
    assertThrows(
        IllegalArgumentException.class,
        () -> FineTuneSession.resume(start, TinyTask.HEAD, TinyTask.CHOICES, 10));
    Checkpoint tuned = run(TinyTask.CHOICES.withEpochs(1));
    TaskHead other = new TaskHead.Regression("other", 0, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> FineTuneSession.resume(tuned, other, TinyTask.CHOICES, 10));
    assertThrows(IllegalArgumentException.class, () -> TinyTask.CHOICES.withEpochs(0));
  }

  private static Checkpoint run(FineTuneConfig choices) throws IOException {
    return FineTuner.of(TinyTask.start(), TinyTask.HEAD, choices)
        .run(EXAMPLES, TrainListener.none())
        .checkpoint();
  }

  private static TrainListener stoppingAt(long step) {
    return new TrainListener() {
      private long reached;

      @Override
      public void onStep(StepReport report) {
        reached = report.step();
      }

      @Override
      public boolean stopRequested() {
        return reached >= step;
      }
    };
  }

  private static double accuracy(Checkpoint checkpoint) {
    try (FineTunedModel model = FineTunedModel.of(checkpoint, TinyTask.HEAD)) {
      float[][] outputs = model.outputs(EXAMPLES, 32, done -> {});
      int right = 0;
      for (int i = 0; i < outputs.length; i++) {
        int answer = outputs[i][1] > outputs[i][0] ? 1 : 0;
        right += EXAMPLES.get(i).target().equals(new TaskTarget.Label(answer)) ? 1 : 0;
      }
      return (double) right / outputs.length;
    }
  }

  private static void assertSameWeights(Checkpoint expected, Checkpoint actual) {
    WeightMap weights = expected.weights();
    assertEquals(weights.names(), actual.weights().names());
    for (String name : weights.names()) {
      assertArrayEquals(
          weights.get(name).ravel().toFloatVector(),
          actual.weights().get(name).ravel().toFloatVector(),
          0f,
          name);
    }
  }

  @Test
  void severalTasksAreLearnedTogetherAndServeAsAStart() throws IOException {
    TaskHead tags = new TaskHead.Tagging("tags", List.of("other", "seven"));
    List<TaskExample> pooled = new java.util.ArrayList<>(EXAMPLES);
    for (TaskExample example : EXAMPLES) {
      int[] ids = example.inputIds();
      int[] positions = java.util.stream.IntStream.range(1, ids.length).toArray();
      int[] labels = java.util.Arrays.stream(positions).map(p -> ids[p] == 7 ? 1 : 0).toArray();
      pooled.add(
          TaskExample.of(
              example.id(),
              "tags",
              ids,
              new int[ids.length],
              new TaskTarget.Tags(positions, labels)));
    }
    Checkpoint both =
        FineTuner.of(TinyTask.start(), List.of(TinyTask.HEAD, tags), TinyTask.CHOICES)
            .run(pooled, TrainListener.none())
            .checkpoint();
    assertEquals(List.of(TinyTask.HEAD, tags), both.heads());
    assertTrue(accuracy(both) > 0.9, () -> "accuracy " + accuracy(both));
    TaskHead fresh = new TaskHead.Regression("fresh", 0, 1);
    try (FineTuneSession session = FineTuneSession.start(both, fresh, TinyTask.CHOICES, 10)) {
      Checkpoint start = session.checkpoint(false);
      assertEquals(List.of(fresh), start.heads());
      String word = "electra/embeddings/word_embeddings";
      assertEquals(both.weights().get(word), start.weights().get(word));
    }
    TaskExample stranger =
        TaskExample.of(0, "other", new int[] {1, 8}, new int[2], new TaskTarget.Label(0));
    FineTuner tuner = FineTuner.of(both, TinyTask.HEAD, TinyTask.CHOICES);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> tuner.run(List.of(stranger), TrainListener.none()));
    assertTrue(refused.getMessage().contains("tasks [other]"), refused.getMessage());
  }
}
