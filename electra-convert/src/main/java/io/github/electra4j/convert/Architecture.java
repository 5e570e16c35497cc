package io.github.electra4j.convert;

import io.github.electra4j.model.ElectraConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the tensors of a checkpoint say about the model they belong to.
 *
 * @param config the networks and their sizes
 * @param taskOutputs fine-tuned heads of one dense layer: task name to number of outputs, in the
 *     order of the names
 * @param reasons where each number comes from, e.g. {@code discriminator: hidden size 256 from
 *     electra/encoder/layer_0/attention/self/query/kernel [256, 256]}
 */
public record Architecture(
    ElectraConfig config, Map<String, Integer> taskOutputs, List<String> reasons) {

  /** Copies the collections. */
  public Architecture {
    Objects.requireNonNull(config, "config");
    taskOutputs = Collections.unmodifiableMap(new TreeMap<>(taskOutputs));
    reasons = List.copyOf(reasons);
  }
}
