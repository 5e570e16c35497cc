package io.github.electra4j.tensorflowcheck;

import io.github.electra4j.convert.tensorflow.BundleIndex;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.tensorflow.EagerSession;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.Restore;

/**
 * Restores a bundle once for every line on standard input and prints the milliseconds that {@code
 * RestoreV2} took. Freeing the tensors is not counted.
 *
 * <pre>java -cp ... io.github.electra4j.tensorflowcheck.RestoreTimer PREFIX</pre>
 */
public final class RestoreTimer {
  private RestoreTimer() {}

  /** The bundle's path without extension is the only argument. */
  public static void main(String[] arguments) throws IOException {
    Path prefix = Path.of(arguments[0]);
    BundleIndex index = BundleIndex.read(prefix);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (orders.readLine() != null) {
      try (EagerSession session = EagerSession.create()) {
        Ops tf = Ops.create(session);
        long start = System.nanoTime();
        Restore restored = TensorFlowBundles.restore(tf, prefix, index.tensors().values());
        long nanos = System.nanoTime() - start;
        if (restored.tensors().size() != index.tensors().size()) {
          throw new IllegalStateException("RestoreV2 left out tensors of " + prefix);
        }
        System.out.println(nanos / 1e6);
      }
    }
  }
}
