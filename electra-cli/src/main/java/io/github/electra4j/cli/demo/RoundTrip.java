package io.github.electra4j.cli.demo;

import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.ExportOptions;
import io.github.electra4j.convert.TensorFlowExport;
import io.github.electra4j.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model written as a TensorFlow checkpoint, and read again. */
final class RoundTrip {
  private RoundTrip() {}

  /**
   * Writes and reads.
   *
   * @param folder new folder for the TensorFlow checkpoint
   * @return what was read
   * @throws IllegalStateException if a number came back with other bits
   */
  static Checkpoint through(Path folder, Checkpoint checkpoint) throws IOException {
    TensorFlowExport.write(checkpoint, folder, ExportOptions.standard());
    Checkpoint read = Conversion.from(folder).read().checkpoint();
    Map<String, INDArray> before = checkpoint.weights().arrays();
    Map<String, INDArray> after = read.weights().arrays();
    if (!before.keySet().equals(after.keySet())) {
      throw new IllegalStateException(
          "The TensorFlow checkpoint in %s has other tensors than the model: %s, not %s"
              .formatted(folder, after.keySet(), before.keySet()));
    }
    before.forEach((name, array) -> requireSameBits(name, array, after.get(name)));
    return read;
  }

  private static void requireSameBits(String name, INDArray before, INDArray after) {
    boolean same =
        Arrays.equals(before.shape(), after.shape()) && Arrays.equals(bits(before), bits(after));
    if (!same) {
      throw new IllegalStateException(
          "The tensor %s came back from TensorFlow's format with other bits".formatted(name));
    }
  }

  private static int[] bits(INDArray array) {
    float[] values = array.dup('c').data().asFloat();
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
