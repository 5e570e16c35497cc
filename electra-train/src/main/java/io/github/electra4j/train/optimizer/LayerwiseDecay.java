package io.github.electra4j.train.optimizer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Smaller learning rates for lower layers (paper appendix B): a variable of depth k of n + 2 is
 * updated with {@code decay^(n + 2 − k)} times the rate. Depth 0 are the embeddings and their
 * projection, i + 1 is layer i, n + 2 the task head; nothing has depth n + 1, so that the last
 * layer gets decay² as in the original.
 *
 * @param decay factor from one depth to the next, in (0, 1]; 1 switches it off
 * @param layers number n of transformer layers
 */
public record LayerwiseDecay(double decay, int layers) {
  private static final Pattern LAYER = Pattern.compile("encoder/layer_(\\d+)/");

  /** Checks both components. */
  public LayerwiseDecay {
    if (!(decay > 0 && decay <= 1)) {
      throw new IllegalArgumentException(
          "The layer-wise learning-rate decay is %s; choose a number in (0, 1], 1 for none"
              .formatted(decay));
    }
    if (layers < 1) {
      throw new IllegalArgumentException("LayerwiseDecay.layers is %d".formatted(layers));
    }
  }

  /**
   * The factor of a variable. Example with 12 layers and 0.8: {@code
   * electra/encoder/layer_11/output/dense/kernel} gets 0.64.
   *
   * @throws IllegalArgumentException when there is a decay and the name belongs to no depth
   */
  public double multiplier(String name) {
    return decay == 1 ? 1 : Math.pow(decay, layers + 2 - depth(name));
  }

  private int depth(String name) {
    if (name.contains("task_specific/")) {
      return layers + 2;
    }
    if (name.contains("/embeddings/") || name.contains("/embeddings_project/")) {
      return 0;
    }
    Matcher layer = LAYER.matcher(name);
    if (layer.find()) {
      return Integer.parseInt(layer.group(1)) + 1;
    }
    throw new IllegalArgumentException(
        "Variable %s is neither an embedding, nor in a layer, nor in a task head; layer-wise decay has no rate for it"
            .formatted(name));
  }
}
