package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.storage.FolderImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is written is read back to the last bit, and written again is the same file. */
class CheckpointPropertyTest {
  private static final long SEED = 99;
  private static final int CASES = 25;

  @TempDir Path root;

  @Test
  void everyCheckpointSurvives() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      String what = "seed=%d case %d".formatted(SEED, i);
      Checkpoint original = CheckpointExamples.any(random);
      Path first = root.resolve("first-" + i);
      Path second = root.resolve("second-" + i);
      original.write(first, false);
      Checkpoint read = Checkpoint.read(first);
      assertEquals(original.config(), read.config(), what);
      assertEquals(original.heads(), read.heads(), what);
      assertEquals(original.text(), read.text(), what);
      assertSameBits(original.weights().arrays(), read.weights().arrays(), what);
      OptimizerState before = original.optimizer().orElseThrow();
      OptimizerState after = read.optimizer().orElseThrow();
      assertEquals(before.globalStep(), after.globalStep(), what);
      assertSameBits(before.slots(), after.slots(), what);
      read.write(second, false);
      assertEquals(FolderImage.of(first), FolderImage.of(second), what);
    }
  }

  private static void assertSameBits(
      Map<String, INDArray> expected, Map<String, INDArray> actual, String what) {
    assertEquals(expected.keySet(), actual.keySet(), what);
    expected.forEach(
        (name, array) -> {
          INDArray other = actual.get(name);
          assertArrayEquals(array.shape(), other.shape(), what);
          assertArrayEquals(bits(array), bits(other), () -> what + " " + name);
        });
  }

  private static int[] bits(INDArray array) {
    float[] values = array.dup('c').reshape(-1).toFloatVector();
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
