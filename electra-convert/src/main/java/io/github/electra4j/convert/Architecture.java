package io.github.electra4j.convert;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import java.util.List;
import java.util.Objects;

/**
 * What the tensors of a checkpoint say about the model they belong to.
 *
 * @param config the networks and their sizes
 * @param heads fine-tuned heads, in the order of their tasks' names; labels are numbers and ranges
 *     are from 0 to 1, because tensors do not tell them
 * @param reasons where each number comes from, e.g. {@code discriminator: hidden size 256 from
 *     electra/encoder/layer_0/attention/self/query/kernel [256, 256]}
 */
public record Architecture(ElectraConfig config, List<TaskHead> heads, List<String> reasons) {

  /** Copies the collections. */
  public Architecture {
    Objects.requireNonNull(config, "config");
    heads = List.copyOf(heads);
    reasons = List.copyOf(reasons);
  }
}
