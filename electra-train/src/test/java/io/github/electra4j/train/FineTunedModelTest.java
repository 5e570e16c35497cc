package io.github.electra4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskExample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FineTunedModelTest {
  private static final List<TaskExample> EXAMPLES = TinyTask.examples(70);

  @Test
  void outputsDependNeitherOnBatchesNorOnPadding() {
    try (FineTunedModel model = model()) {
      List<Integer> progress = new ArrayList<>();
      float[][] together = model.outputs(EXAMPLES, 32, progress::add);
      assertEquals(List.of(32, 64, 70), progress);
      for (int i = 0; i < EXAMPLES.size(); i++) {
        List<TaskExample> alone = List.of(EXAMPLES.get(i));
        assertArrayEquals(model.outputs(LabelledBatch.padded(alone, 16))[0], together[i], 1e-5f);
      }
    }
  }

  @Test
  void fourThreadsGiveTheNumbersOfOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (FineTunedModel model = model()) {
      float[][] expected = model.outputs(EXAMPLES, 16, done -> {});
      List<Callable<float[][]>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(() -> model.outputs(EXAMPLES, 16, done -> {}));
      }
      for (Future<float[][]> call : threads.invokeAll(calls)) {
        float[][] actual = call.get();
        for (int row = 0; row < expected.length; row++) {
          assertArrayEquals(expected[row], actual[row], 1e-6f);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static FineTunedModel model() {
    try (FineTuneSession session =
        FineTuneSession.start(TinyTask.start(), TinyTask.HEAD, TinyTask.CHOICES, 10)) {
      Checkpoint checkpoint = session.checkpoint(false);
      return FineTunedModel.of(checkpoint, TinyTask.HEAD);
    }
  }
}
