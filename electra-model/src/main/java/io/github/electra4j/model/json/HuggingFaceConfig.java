package io.github.electra4j.model.json;

import io.github.electra4j.model.ElectraConfig;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a HuggingFace {@code config.json} says about one network.
 *
 * @param config the architecture. {@code ElectraForPreTraining} has the discriminator's head;
 *     {@code ElectraForMaskedLM} is a lone generator, whose encoder is the only one (kind SHARED);
 *     any other class is an encoder alone
 * @param architecture the Python class that wrote the weights, e.g. {@code ElectraForPreTraining}
 * @param labels names of a classifier's labels by output; empty if there are none
 */
public record HuggingFaceConfig(
    ElectraConfig config, Optional<String> architecture, List<String> labels) {
  /** Copies the list. */
  public HuggingFaceConfig {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(architecture, "architecture");
    labels = List.copyOf(labels);
  }
}
