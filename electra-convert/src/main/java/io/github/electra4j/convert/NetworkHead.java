package io.github.electra4j.convert;

import io.github.electra4j.convert.huggingface.HeadForm;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The tensors of a fine-tuned head of HuggingFace's as those of a head of this project.
 *
 * @param head what it decides about
 * @param weights the head's tensors by their names here
 * @param idle names below the task of tensors that only pass a single layer through two
 */
record NetworkHead(TaskHead head, Map<String, TensorOrigin> weights, Set<String> idle) {
  private static final String HIDDEN = "hidden";
  private static final String DENSE = "dense";

  /**
   * Finds the head.
   *
   * @param leaves tensors by their names below the task
   * @throws MalformedFileException if a tensor is missing or of another shape, or if this project
   *     has no such head
   */
  static NetworkHead of(ForeignHead foreign, Map<String, TensorOrigin> leaves) throws IOException {
    if (foreign.form() == HeadForm.QUESTIONS) {
      return ofQuestions(foreign, leaves);
    }
    int outputs = outputs(foreign, leaves, DENSE);
    HeadLayers layers =
        leaves.containsKey(kernel(HIDDEN)) || leaves.containsKey(bias(HIDDEN))
            ? HeadLayers.TWO
            : HeadLayers.ONE;
    if (layers == HeadLayers.TWO && isSingle(foreign, leaves, outputs)) {
      Map<String, TensorOrigin> single = new LinkedHashMap<>();
      single.put(kernel(DENSE), leaves.get(kernel(HIDDEN)).columns(0, outputs));
      single.put(bias(DENSE), leaves.get(bias(DENSE)));
      TaskHead head = foreign.head(outputs, HeadLayers.ONE);
      return new NetworkHead(
          head, named(head, single), new LinkedHashSet<>(List.of(bias(HIDDEN), kernel(DENSE))));
    }
    TaskHead head = foreign.head(outputs, layers);
    return new NetworkHead(head, named(head, leaves), Set.of());
  }

  private static NetworkHead ofQuestions(ForeignHead foreign, Map<String, TensorOrigin> leaves)
      throws IOException {
    TaskHead head = foreign.head(outputs(foreign, leaves, "spans"), HeadLayers.ONE);
    Map<String, TensorOrigin> parts = new LinkedHashMap<>();
    for (int i = 0; i < 2; i++) {
      String layer = i == 0 ? DENSE : DENSE + "_1";
      parts.put(kernel(layer), leaves.get(kernel("spans")).columns(i, i + 1));
      parts.put(bias(layer), leaves.get(bias("spans")).columns(i, i + 1));
    }
    return new NetworkHead(head, named(head, parts), Set.of());
  }

  private static Map<String, TensorOrigin> named(TaskHead head, Map<String, TensorOrigin> leaves) {
    Map<String, TensorOrigin> named = new LinkedHashMap<>();
    leaves.forEach(
        (leaf, origin) -> named.put(TaskTensors.SCOPE + "/" + head.task() + "/" + leaf, origin));
    return named;
  }

  private static String kernel(String layer) {
    return layer + "/kernel";
  }

  private static String bias(String layer) {
    return layer + "/bias";
  }

  /** The outputs of the last layer, after checking that kernel and bias agree. */
  private static int outputs(ForeignHead foreign, Map<String, TensorOrigin> leaves, String layer)
      throws MalformedFileException {
    TensorOrigin kernel = leaves.get(kernel(layer));
    TensorOrigin bias = leaves.get(bias(layer));
    boolean fits =
        kernel != null
            && bias != null
            && kernel.shape().length == 2
            && bias.shape().length == 1
            && kernel.shape()[1] == bias.shape()[0]
            && bias.shape()[0] > 0
            && bias.shape()[0] < Integer.MAX_VALUE;
    if (!fits) {
      throw MalformedFileException.in(
          foreign.source(),
          "the last layer of its head (%s) has the kernel %s and the bias %s; a matrix and a vector of its outputs were expected. Get the model again."
              .formatted(foreign.form().architecture(), shape(kernel), shape(bias)));
    }
    return (int) bias.shape()[0];
  }

  private static String shape(TensorOrigin origin) {
    return Optional.ofNullable(origin)
        .map(there -> Arrays.toString(there.shape()))
        .orElse("(missing)");
  }

  /** Whether the two layers are a single one, as {@link SingleLayer} writes it. */
  private static boolean isSingle(
      ForeignHead foreign, Map<String, TensorOrigin> leaves, int outputs) throws IOException {
    TensorOrigin hidden = leaves.get(kernel(HIDDEN));
    TensorOrigin bias = leaves.get(bias(HIDDEN));
    long width = leaves.get(kernel(DENSE)).shape()[0];
    if (hidden == null || bias == null) {
      throw MalformedFileException.in(
          foreign.source(),
          "the hidden layer of its head (%s) has the kernel %s and the bias %s. Get the model again."
              .formatted(foreign.form().architecture(), shape(hidden), shape(bias)));
    }
    if (!SingleLayer.fits(outputs, width)
        || !Arrays.equals(hidden.shape(), new long[] {width, width})
        || !Arrays.equals(bias.shape(), new long[] {width})) {
      return false;
    }
    INDArray last = leaves.get(kernel(DENSE)).read();
    boolean passes = SingleLayer.passes(last, outputs);
    OwnArrays.free(last);
    if (!passes) {
      return false;
    }
    INDArray kernel = hidden.read();
    INDArray biases = bias.read();
    boolean doubled = SingleLayer.isDoubled(kernel, biases, outputs);
    OwnArrays.free(kernel);
    OwnArrays.free(biases);
    return doubled;
  }
}
