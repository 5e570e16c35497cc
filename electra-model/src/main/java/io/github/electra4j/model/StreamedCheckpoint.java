package io.github.electra4j.model;

import io.github.electra4j.model.storage.TensorSupply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A checkpoint whose numbers need not be in memory: everything else about it is known, and its
 * tensors are read one by one while it is written.
 *
 * @param config the architecture
 * @param heads fine-tuned heads, each for another task
 * @param weights the tensors of exactly {@link Checkpoint#layout}, as FLOAT; kept in its order
 * @param text vocabulary and how to tokenize; empty if it is not known
 * @param globalStep updates made so far; empty if there is no state of the optimizer
 * @param slots moments of Adam by name, as FLOAT; empty if there is no state of the optimizer
 */
public record StreamedCheckpoint(
    ElectraConfig config,
    List<TaskHead> heads,
    Map<String, TensorSupply> weights,
    Optional<TextSettings> text,
    OptionalLong globalStep,
    Map<String, TensorSupply> slots) {

  /**
   * Checks that all parts fit each other, by type and shape.
   *
   * @throws IllegalArgumentException as {@link Checkpoint}, naming every tensor that does not fit
   */
  public StreamedCheckpoint {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(text, "text");
    heads = List.copyOf(heads);
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    List<TensorSpec> layout = Checkpoint.layout(config, heads);
    weights = inOrder(layout, weights);
    text.flatMap(settings -> Checkpoint.vocabularyProblem(settings, config))
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    List<String> misfits = OptimizerState.problems(slots, layout);
    if (!misfits.isEmpty() || (globalStep.isEmpty() && !slots.isEmpty())) {
      throw new IllegalArgumentException(
          "The optimizer's state does not fit the weights, or its step is not known:\n"
              + String.join("\n", misfits));
    }
  }

  /** A checkpoint that is in memory. */
  public static StreamedCheckpoint of(Checkpoint checkpoint) {
    Map<String, TensorSupply> weights = new LinkedHashMap<>();
    checkpoint.weights().arrays().forEach((n, array) -> weights.put(n, TensorSupply.of(array)));
    Map<String, TensorSupply> slots = new LinkedHashMap<>();
    checkpoint
        .optimizer()
        .ifPresent(
            state -> state.slots().forEach((n, array) -> slots.put(n, TensorSupply.of(array))));
    return new StreamedCheckpoint(
        checkpoint.config(),
        checkpoint.heads(),
        weights,
        checkpoint.text(),
        checkpoint.optimizer().stream().mapToLong(OptimizerState::globalStep).findFirst(),
        slots);
  }

  /**
   * Opens a folder of this project's; its tensors are read when they are used, and nothing is open
   * between uses.
   *
   * @param withOptimizer whether the optimizer's state, if there is any, belongs to it
   * @throws io.github.electra4j.model.storage.MalformedFileException as {@link Checkpoint#read},
   *     except that damaged numbers are noticed when they are used
   */
  public static StreamedCheckpoint open(Path folder, boolean withOptimizer) throws IOException {
    return new CheckpointFolder(folder).open(withOptimizer);
  }

  /** Every tensor of the checkpoint, in order. */
  public List<TensorSpec> layout() {
    return Checkpoint.layout(config, heads);
  }

  /**
   * Writes a folder of this project's, complete or not at all; the same bytes as {@link
   * Checkpoint#write} of the whole.
   *
   * @param folder its place; missing parent folders are made
   * @param overwrite whether a checkpoint that is there may be replaced
   * @throws java.nio.file.FileAlreadyExistsException as {@link Checkpoint#write}
   */
  public void write(Path folder, boolean overwrite) throws IOException {
    new CheckpointFolder(folder).write(this, overwrite);
  }

  private static Map<String, TensorSupply> inOrder(
      List<TensorSpec> layout, Map<String, TensorSupply> weights) {
    List<String> problems = new ArrayList<>();
    Map<String, TensorSupply> ordered = new LinkedHashMap<>();
    for (TensorSpec spec : layout) {
      TensorSupply supply = weights.get(spec.name());
      if (supply == null) {
        problems.add("  missing     " + spec);
        continue;
      }
      if (supply.type() != DataType.FLOAT || !Arrays.equals(supply.shape(), spec.shape())) {
        problems.add(
            "  wrong shape or type %s %s %s, the layout wants %s"
                .formatted(spec.name(), supply.type(), Arrays.toString(supply.shape()), spec));
      }
      ordered.put(spec.name(), supply);
    }
    weights.keySet().stream()
        .filter(name -> !ordered.containsKey(name))
        .forEach(name -> problems.add("  unexpected  " + name));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "The weights do not fit the architecture:\n" + String.join("\n", problems));
    }
    return Collections.unmodifiableMap(ordered);
  }
}
