package io.github.electra4j.convert;

import io.github.electra4j.model.EncoderConfig;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the sizes of one encoder off its tensors. */
final class EncoderInference {
  private static final int UNITS_PER_HEAD = 64;
  private static final double USUAL_DROPOUT = 0.1;

  private final TensorShapes shapes;
  private final List<String> reasons;

  EncoderInference(TensorShapes shapes, List<String> reasons) {
    this.shapes = shapes;
    this.reasons = reasons;
  }

  /**
   * What is known about an encoder besides its tensors.
   *
   * @param heads heads per layer as the user says
   * @param reference the encoder as a configuration beside the tensors describes it
   */
  record Known(OptionalInt heads, Optional<EncoderConfig> reference) {}

  /**
   * The encoder below {@code scope}; empty, with the problems noted, if its tensors do not tell.
   *
   * @param role what it is called in the reasons, e.g. {@code discriminator}
   */
  Optional<EncoderConfig> infer(String role, String scope, Known known) {
    int layers = shapes.layers(scope);
    if (layers == 0) {
      return Optional.empty();
    }
    String first = scope + "/encoder/layer_0/";
    String query = first + "attention/self/query/kernel";
    String feedForward = first + "intermediate/dense/kernel";
    Optional<int[]> attention = shapes.matrix(query, "[hidden, hidden]");
    Optional<int[]> intermediate = shapes.matrix(feedForward, "[hidden, intermediate]");
    if (attention.isEmpty() || intermediate.isEmpty()) {
      return Optional.empty();
    }
    int hidden = attention.get()[0];
    if (attention.get()[1] != hidden || intermediate.get()[0] != hidden) {
      shapes.problem(
          "%s is [%d, %d] and %s is [%d, %d], so that the hidden size is not one number"
              .formatted(
                  query,
                  hidden,
                  attention.get()[1],
                  feedForward,
                  intermediate.get()[0],
                  intermediate.get()[1]));
      return Optional.empty();
    }
    int width = intermediate.get()[1];
    reasons.add(
        "%s: hidden size %d from %s [%d, %d]".formatted(role, hidden, query, hidden, hidden));
    reasons.add(
        "%s: %d layer(s) from %s/encoder/layer_0 to layer_%d"
            .formatted(role, layers, scope, layers - 1));
    reasons.add(
        "%s: intermediate size %d from %s [%d, %d]"
            .formatted(role, width, feedForward, hidden, width));
    return heads(role, hidden, known)
        .map(
            heads ->
                new EncoderConfig(
                    hidden,
                    layers,
                    heads,
                    width,
                    known.reference().map(EncoderConfig::hiddenDropout).orElse(USUAL_DROPOUT),
                    known.reference().map(EncoderConfig::attentionDropout).orElse(USUAL_DROPOUT)));
  }

  private Optional<Integer> heads(String role, int hidden, Known known) {
    int heads;
    String reason;
    if (known.heads().isPresent()) {
      heads = known.heads().getAsInt();
      reason = "as given";
    } else if (known.reference().isPresent()) {
      heads = known.reference().get().attentionHeads();
      reason = "from the configuration beside the tensors";
    } else {
      heads = usualHeads(hidden);
      reason =
          "one per 64 hidden units, at least one; the tensors do not tell, so give the number if it is another";
    }
    if (hidden % heads != 0) {
      shapes.problem(
          "%s: %d attention heads (%s) do not divide the hidden size %d"
              .formatted(role, heads, reason, hidden));
      return Optional.empty();
    }
    reasons.add("%s: %d attention head(s), %s".formatted(role, heads, reason));
    return Optional.of(heads);
  }

  /** The number of heads that google-research/electra derives from a hidden size. */
  static int usualHeads(int hidden) {
    return Math.max(1, hidden / UNITS_PER_HEAD);
  }
}
