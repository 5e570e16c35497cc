package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.CheckpointStore;
import io.github.electra4j.train.TrainingDivergedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class PretrainerTest {
  private static final ExampleSource TEXT = ExampleSource.of(TinyText.text(0, 8));
  private static final PretrainConfig SHORT =
      TinyText.CHOICES.withSchedule(2e-3, 5, 24).withBatch(6, 4);

  private static Pretrainer trainer(PretrainConfig choices) {
    return Pretrainer.of(TinyText.start(0.1), choices, TinyText.SPECIAL, TEXT);
  }

  private static PretrainListener stoppingAt(long step) {
    return new PretrainListener() {
      private long reached;

      @Override
      public void onStep(PretrainReport report) {
        reached = report.step();
      }

      @Override
      public boolean stopRequested() {
        return reached >= step;
      }
    };
  }

  @Test
  void aTinyModelLearnsEightSentences() throws IOException {
    PretrainConfig choices =
        TinyText.CHOICES
            .withSchedule(3e-3, 20, 300)
            .withBatch(16, 16)
            .withObjective(
                TinyText.CHOICES.objective().withMaskProbability(0.25).withSampling(3, false));
    List<PretrainMetrics> metrics = new ArrayList<>();
    List<PretrainReport> reports = new ArrayList<>();
    PretrainListener listener =
        new PretrainListener() {
          @Override
          public void onStep(PretrainReport report) {
            reports.add(report);
          }

          @Override
          public void onEvaluation(long step, PretrainMetrics measured) {
            metrics.add(measured);
          }
        };
    Pretrainer.Result result =
        Pretrainer.of(TinyText.start(0), choices, TinyText.SPECIAL, TEXT)
            .evaluatingOn(TEXT, 150, 8)
            .run(listener);
    assertTrue(result.isComplete());
    assertEquals(300, reports.size());
    assertEquals(2, metrics.size());
    PretrainMetrics last = metrics.get(1);
    assertTrue(reports.get(0).generatorLoss() > 3.4, "an untrained model knows nothing: ln 40");
    assertTrue(last.maskedLoss() < 2.4, "masked loss " + last.maskedLoss());
    assertTrue(last.maskedAccuracy() > 0.2, "masked accuracy " + last.maskedAccuracy());
    assertTrue(last.auc() > 0.9, "auc " + last.auc());
    assertTrue(last.detectionLoss() < 0.2, "detection loss " + last.detectionLoss());
    assertEquals(8, last.examples());
    assertTrue(last.byName().containsKey("disc_auc"));
    assertTrue(reports.get(9).examplesPerSecond() > 0 && reports.get(9).tokensPerSecond() > 0);
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnotherSeedOthers() throws IOException {
    Checkpoint one = trainer(SHORT).run(PretrainListener.none()).checkpoint();
    TinyText.assertSame(one, trainer(SHORT).run(PretrainListener.none()).checkpoint());
    Checkpoint other = trainer(SHORT.withSeed(6)).run(PretrainListener.none()).checkpoint();
    String kernel = "discriminator_predictions/dense/kernel";
    assertNotEquals(one.weights().get(kernel), other.weights().get(kernel));
  }

  @Test
  void aStoppedRunGoesOnToTheBit(@TempDir Path folder) throws IOException {
    ExampleSource longer = ExampleSource.of(TinyText.text(3, 10));
    Pretrainer uninterrupted = trainer(SHORT).continuingWith(longer, 15);
    CheckpointStore store = CheckpointStore.open(folder.resolve("run"), Map.of("seed", "5"), 2);
    Pretrainer saved = uninterrupted.savingTo(store, 7);
    List<Long> saves = new ArrayList<>();
    for (int stopAt : new int[] {3, 14, 16}) {
      Pretrainer.Result stopped = saved.run(stoppingAt(stopAt));
      assertFalse(stopped.isComplete());
      assertEquals(stopAt, stopped.step());
      assertEquals(stopAt, store.latestStep().orElseThrow());
    }
    PretrainListener listener =
        new PretrainListener() {
          @Override
          public void onSave(long step) {
            saves.add(step);
          }
        };
    Checkpoint end = saved.run(listener).checkpoint();
    assertEquals(List.of(21L, 24L), saves);
    TinyText.assertSame(uninterrupted.run(PretrainListener.none()).checkpoint(), end);
    try (Stream<Path> states = Files.list(folder.resolve("run"))) {
      assertEquals(3, states.count(), "run.json and the two newest states");
    }
    assertTrue(saved.run(PretrainListener.none()).isComplete(), "a finished run does nothing");
  }

  /** Without reading ahead this would fail: the listener waits for the next reading. */
  @Test
  void theNextBatchIsReadWhileAStepRuns() throws IOException {
    Semaphore readings = new Semaphore(0);
    ExampleSource counting =
        new ExampleSource() {
          @Override
          public int size() {
            return TEXT.size();
          }

          @Override
          public int seq() {
            return TEXT.seq();
          }

          @Override
          public TokenBatch read(int... indices) throws IOException {
            readings.release();
            return TEXT.read(indices);
          }
        };
    PretrainConfig choices = SHORT.withSchedule(2e-3, 1, 3).withBatch(6, 6);
    List<Boolean> ahead = new ArrayList<>();
    PretrainListener listener =
        new PretrainListener() {
          @Override
          public void onStep(PretrainReport report) {
            if (report.step() < 3) {
              int needed = (int) report.step() + 1; // all batches up to the next one
              ahead.add(acquire(readings, needed));
              readings.release(needed);
            }
          }
        };
    Checkpoint end =
        Pretrainer.of(TinyText.start(0.1), choices, TinyText.SPECIAL, counting)
            .run(listener)
            .checkpoint();
    assertEquals(List.of(true, true), ahead);
    try (PretrainSession session = PretrainSession.start(TinyText.start(0.1), choices)) {
      BatchStream batches = new BatchStream(TEXT, choices, TinyText.SPECIAL, 0, 0);
      for (int step = 0; step < 3; step++) {
        session.step(batches.at(step));
      }
      TinyText.assertSame(session.checkpoint(false), end);
    }
  }

  private static boolean acquire(Semaphore semaphore, int permits) {
    try {
      return semaphore.tryAcquire(permits, 5, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anExampleThatCannotBeReadEndsTheRunAtItsStep(@TempDir Path folder) throws IOException {
    ExampleSource failing =
        new ExampleSource() {
          private int readings;

          @Override
          public int size() {
            return TEXT.size();
          }

          @Override
          public int seq() {
            return TEXT.seq();
          }

          @Override
          public TokenBatch read(int... indices) throws IOException {
            if (++readings > 3) {
              throw new IOException("disk is gone");
            }
            return TEXT.read(indices);
          }
        };
    CheckpointStore store = CheckpointStore.open(folder, Map.of(), 1);
    Pretrainer trainer =
        Pretrainer.of(TinyText.start(0), SHORT.withBatch(6, 6), TinyText.SPECIAL, failing)
            .savingTo(store, 100);
    IOException e = assertThrows(IOException.class, () -> trainer.run(PretrainListener.none()));
    assertEquals("disk is gone", e.getMessage());
    assertEquals(3, store.latestStep().orElseThrow(), "what was learnt before is saved");
  }

  /** What is given up in the middle of an update or of an evaluation is repeated. */
  @Test
  void aRunStopsBetweenThePartsOfAnUpdate(@TempDir Path folder) throws IOException {
    Pretrainer uninterrupted = trainer(SHORT).evaluatingOn(TEXT, 6, 8);
    Recorder whole = new Recorder(Integer.MAX_VALUE);
    Checkpoint end = uninterrupted.run(whole).checkpoint();
    CheckpointStore store = CheckpointStore.open(folder, Map.of(), 1);
    Pretrainer saved = uninterrupted.savingTo(store, 100);
    Recorder pieces = new Recorder(0);
    assertEquals(0, saved.run(pieces).step(), "given up before the first update was made");
    assertTrue(store.latestStep().isEmpty());
    Pretrainer.Result result;
    do {
      pieces.patience += 7; // two questions per update of two parts, more in an evaluation
      pieces.asked = 0;
      result = saved.run(pieces);
      assertEquals(result.step(), store.latestStep().orElseThrow());
    } while (!result.isComplete());
    TinyText.assertSame(end, result.checkpoint());
    assertEquals(whole.steps, pieces.steps);
    assertEquals(whole.evaluations, pieces.evaluations);
    assertEquals(List.of(6L, 12L, 18L, 24L), List.copyOf(pieces.evaluations.keySet()));
  }

  @Test
  void aRunThatHasMadeItsLastUpdateIsEvaluated() throws IOException {
    Pretrainer trainer = trainer(SHORT.withBatch(6, 6)).evaluatingOn(TEXT, 24, 8);
    Recorder listener = new Recorder(23); // one question after every update but the last
    assertTrue(trainer.run(listener).isComplete());
    assertEquals(List.of(24L), List.copyOf(listener.evaluations.keySet()));
  }

  /** Remembers what it hears, and asks to stop after so many questions. */
  private static final class Recorder implements PretrainListener {
    private final List<Long> steps = new ArrayList<>();
    private final Map<Long, PretrainMetrics> evaluations = new TreeMap<>();
    private int patience;
    private int asked;

    Recorder(int patience) {
      this.patience = patience;
    }

    @Override
    public void onStep(PretrainReport report) {
      steps.add(report.step());
    }

    @Override
    public void onEvaluation(long step, PretrainMetrics metrics) {
      assertNull(evaluations.put(step, metrics), () -> "evaluated twice at " + step);
    }

    @Override
    public boolean hasEvaluation(long step) {
      return evaluations.containsKey(step);
    }

    @Override
    public boolean stopRequested() {
      return ++asked > patience;
    }
  }

  @Test
  void aStateIsSavedAlsoWhenTimeHasPassed(@TempDir Path folder) throws IOException {
    CheckpointStore store = CheckpointStore.open(folder, Map.of(), 1);
    List<Long> saves = new ArrayList<>();
    PretrainListener listener =
        new PretrainListener() {
          @Override
          public void onSave(long step) {
            saves.add(step);
          }
        };
    trainer(SHORT).savingTo(store, 100).savingAtLeastEvery(Duration.ZERO).run(listener);
    assertEquals(LongStream.rangeClosed(1, 24).boxed().toList(), saves);
    assertThrows(
        IllegalStateException.class, () -> trainer(SHORT).savingAtLeastEvery(Duration.ZERO));
  }

  @Test
  void aFailedSaveLeavesTheStateBeforeIt(@TempDir Path folder) throws IOException {
    CheckpointStore store = CheckpointStore.open(folder, Map.of(), 1);
    Path obstacle = folder.resolve("step-00000014");
    PretrainListener blocking =
        new PretrainListener() {
          @Override
          public void onStep(PretrainReport report) throws IOException {
            if (report.step() == 14) {
              Files.createDirectories(obstacle);
              Files.writeString(obstacle.resolve("notes.txt"), "somebody's own file");
            }
          }
        };
    Pretrainer saved = trainer(SHORT).savingTo(store, 7);
    IOException e = assertThrows(IOException.class, () -> saved.run(blocking));
    assertTrue(e.toString().contains("step-00000014"), e.toString());
    Files.delete(obstacle.resolve("notes.txt"));
    Files.delete(obstacle);
    Path rest = Files.createDirectories(folder.resolve(".step-00000014.0123abcd.tmp"));
    Files.writeString(rest.resolve("model.safetensors"), "half");
    store.close();
    CheckpointStore again = CheckpointStore.open(folder, Map.of(), 1);
    assertEquals(7, again.latestStep().orElseThrow(), "the last good state");
    assertFalse(Files.exists(rest), "leftovers of a killed process");
    Checkpoint end = trainer(SHORT).savingTo(again, 7).run(PretrainListener.none()).checkpoint();
    TinyText.assertSame(trainer(SHORT).run(PretrainListener.none()).checkpoint(), end);
  }

  @Test
  void otherExamplesFromAStepOnChangeWhatIsLearned() throws IOException {
    Checkpoint plain = trainer(SHORT).run(PretrainListener.none()).checkpoint();
    Checkpoint phased =
        trainer(SHORT)
            .continuingWith(ExampleSource.of(TinyText.text(3, 10)), 15)
            .run(PretrainListener.none())
            .checkpoint();
    String kernel = "discriminator_predictions/dense/kernel";
    assertNotEquals(plain.weights().get(kernel), phased.weights().get(kernel));
  }

  @Test
  void divergenceIsSaidAndSavedStatesStay(@TempDir Path folder) throws IOException {
    CheckpointStore store = CheckpointStore.open(folder, Map.of(), 1);
    trainer(SHORT).savingTo(store, 50).run(stoppingAt(4));
    Checkpoint good = store.latest().orElseThrow();
    Map<String, INDArray> broken = good.weights().copy();
    broken.get("electra/embeddings/LayerNorm/gamma").putScalar(3, Float.NaN);
    Checkpoint nan =
        TinyText.start(0.1).withWeights(good.weights().with(broken)).withoutOptimizer();
    Pretrainer fromNan = Pretrainer.of(nan, SHORT, TinyText.SPECIAL, TEXT);
    TrainingDivergedException e =
        assertThrows(TrainingDivergedException.class, () -> fromNan.run(PretrainListener.none()));
    assertEquals(1, e.step());
    TinyText.assertSame(good, store.latest().orElseThrow());
  }

  @Test
  void whatCannotBeDoneIsRefused() {
    Pretrainer trainer = trainer(SHORT);
    assertThrows(IllegalArgumentException.class, () -> trainer.continuingWith(TEXT, 0));
    assertThrows(IllegalArgumentException.class, () -> trainer.continuingWith(TEXT, 24));
    assertThrows(IllegalArgumentException.class, () -> trainer.evaluatingOn(TEXT, 0, 8));
    ExampleSource tooLong =
        ExampleSource.of(
            new io.github.electra4j.model.TokenBatch(
                new int[1][17], new int[1][17], new int[1][17]));
    assertThrows(IllegalArgumentException.class, () -> trainer.continuingWith(tooLong, 5));
  }
}
