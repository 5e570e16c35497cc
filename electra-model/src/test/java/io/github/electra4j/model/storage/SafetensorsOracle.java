package io.github.electra4j.model.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.testkit.GoldenTensors;
import java.io.IOException;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares the reader with an independent one. */
final class SafetensorsOracle {
  private SafetensorsOracle() {}

  static void assertReadsAlike(Path path) throws IOException {
    GoldenTensors golden = GoldenTensors.read(path);
    SafetensorsFile file = SafetensorsFile.open(path);
    assertEquals(golden.names(), file.entries().keySet(), path.toString());
    for (String name : golden.names()) {
      GoldenTensors.Tensor expected = golden.get(name);
      INDArray actual = file.read(name);
      String what = path + " " + name;
      assertEquals(expected.dtype(), file.entries().get(name).type().name(), what);
      assertArrayEquals(expected.shape(), actual.shape(), what);
      double[] values =
          actual.isEmpty() ? new double[0] : actual.dup('c').reshape(-1).toDoubleVector();
      assertArrayEquals(expected.values(), values, what);
    }
  }
}
