package io.github.electra4j.model.json;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import java.util.List;
import java.util.Objects;

/**
 * What the native {@code config.json} says.
 *
 * @param config the architecture
 * @param heads the fine-tuned heads, in order
 */
public record NativeConfig(ElectraConfig config, List<TaskHead> heads) {
  /** Copies the list. */
  public NativeConfig {
    Objects.requireNonNull(config, "config");
    heads = List.copyOf(heads);
  }
}
