package io.github.electra4j.model.json;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
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
 * @param finetuningTask what the weights were fine-tuned for, e.g. {@code sst2}
 * @param problemType what a head for whole texts was trained for, e.g. {@code regression}
 * @param heads heads as this project describes them, from {@code task_specific_params}
 * @param unknownKeys keys that were left aside because nobody knows them here
 */
public record HuggingFaceConfig(
    ElectraConfig config,
    Optional<String> architecture,
    List<String> labels,
    Optional<String> finetuningTask,
    Optional<String> problemType,
    List<TaskHead> heads,
    List<String> unknownKeys) {
  /** Copies the lists. */
  public HuggingFaceConfig {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(architecture, "architecture");
    labels = List.copyOf(labels);
    Objects.requireNonNull(finetuningTask, "finetuningTask");
    Objects.requireNonNull(problemType, "problemType");
    heads = List.copyOf(heads);
    unknownKeys = List.copyOf(unknownKeys);
  }
}
