package io.github.electra4j.bench.checkpoint;

import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.ImportedModel;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The import of a TensorFlow bundle, checksums and all, beside TensorFlow's {@code RestoreV2}: each
 * in its own process, taking turns. Prints {@code name ours_ms peer peer_ms ratio}, medians.
 *
 * <pre>java -cp ... ImportComparison PREFIX CLASS_PATH_OF_TENSORFLOW [ROUNDS]</pre>
 */
public final class ImportComparison {
  private static final int WARM_UP = 3;
  private static final String PEER = "io.github.electra4j.tensorflowcheck.RestoreTimer";

  private ImportComparison() {}

  /** Arguments as in the class comment. */
  public static void main(String[] arguments) throws IOException {
    Path prefix = Path.of(arguments[0]);
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 11;
    Process peer =
        new ProcessBuilder("java", "-Xmx1g", "-cp", arguments[1], PEER, prefix.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedWriter orders =
            new BufferedWriter(
                new OutputStreamWriter(peer.getOutputStream(), StandardCharsets.UTF_8));
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8))) {
      double[] ours = new double[rounds];
      double[] theirs = new double[rounds];
      for (int round = -WARM_UP; round < rounds; round++) {
        double own = timeImport(prefix);
        double other = ask(orders, answers);
        if (round >= 0) {
          ours[round] = own;
          theirs[round] = other;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "import %.1f RestoreV2 %.1f %.2f%n",
          median(ours),
          median(theirs),
          median(ours) / median(theirs));
    } finally {
      peer.destroy();
    }
  }

  private static double timeImport(Path prefix) throws IOException {
    long start = System.nanoTime();
    ImportedModel result = Conversion.from(prefix).read();
    double millis = (System.nanoTime() - start) / 1e6;
    result.checkpoint().weights().arrays().values().forEach(INDArray::close);
    return millis;
  }

  private static double ask(BufferedWriter orders, BufferedReader answers) throws IOException {
    orders.write("restore\n");
    orders.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("The process with TensorFlow has ended; its messages are above.");
    }
    return Double.parseDouble(answer);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
