package io.github.electra4j.convert.onnx;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.GeneratorConfig.Kind;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.graph.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an ONNX model computes.
 *
 * @param name as the user calls it
 * @param head the fine-tuned head, if it is one's task
 */
record OnnxTask(String name, Optional<TaskHead> head) {
  static final String FEATURES = "feature-extraction";
  static final String REPLACED_TOKENS = "replaced-token-detection";
  static final String FILL_MASK = "fill-mask";

  /** The task of that name, or the obvious one of the checkpoint. */
  static OnnxTask of(Checkpoint checkpoint, Optional<String> wanted) {
    List<OnnxTask> possible = possible(checkpoint);
    if (wanted.isPresent()) {
      return possible.stream()
          .filter(task -> task.name().equals(wanted.get()))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "The checkpoint has nothing for the task %s; it can be exported for %s"
                          .formatted(wanted.get(), names(possible))));
    }
    if (checkpoint.heads().size() > 1) {
      throw new IllegalArgumentException(
          "The checkpoint has %d heads; choose one as the task: %s"
              .formatted(checkpoint.heads().size(), names(possible)));
    }
    return possible.get(0);
  }

  private static List<OnnxTask> possible(Checkpoint checkpoint) {
    List<OnnxTask> possible = new ArrayList<>();
    checkpoint.heads().forEach(head -> possible.add(new OnnxTask(head.task(), Optional.of(head))));
    if (checkpoint.config().discriminatorHead()) {
      possible.add(new OnnxTask(REPLACED_TOKENS, Optional.empty()));
    }
    if (checkpoint.config().generator().filter(g -> g.kind() != Kind.TWO_TOWER).isPresent()) {
      possible.add(new OnnxTask(FILL_MASK, Optional.empty()));
    }
    possible.add(new OnnxTask(FEATURES, Optional.empty()));
    return possible;
  }

  private static String names(List<OnnxTask> tasks) {
    return String.join(", ", tasks.stream().map(OnnxTask::name).toList());
  }

  boolean is(String reserved) {
    return head.isEmpty() && name.equals(reserved);
  }

  /** The encoder that the task runs. */
  Network network(Checkpoint checkpoint) {
    return is(FILL_MASK)
        ? Network.generator(checkpoint.config(), checkpoint.config().generator().orElseThrow())
        : Network.discriminator(checkpoint.config());
  }

  /** Whether the task computes with a weight of this name. */
  boolean uses(Checkpoint checkpoint, String weight) {
    Network network = network(checkpoint);
    List<String> scopes = new ArrayList<>();
    scopes.add(network.embeddingsPath());
    scopes.add(network.path() + "/embeddings_project");
    scopes.add(network.path() + "/encoder");
    head.ifPresent(each -> scopes.add("task_specific/" + each.task()));
    if (is(REPLACED_TOKENS)) {
      scopes.add("discriminator_predictions");
    }
    if (is(FILL_MASK)) {
      scopes.add("generator_predictions");
    }
    return scopes.stream().anyMatch(scope -> weight.startsWith(scope + "/"));
  }
}
