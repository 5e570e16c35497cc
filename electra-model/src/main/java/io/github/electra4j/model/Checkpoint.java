package io.github.electra4j.model;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A model as it is kept on disk: architecture, fine-tuned heads, weights, what it knows about text,
 * and where its training stands. {@code docs/FORMAT.md} describes the folder.
 *
 * <pre>{@code
 * Checkpoint checkpoint = Checkpoint.read(Path.of("models/sst"));
 * checkpoint.withoutOptimizer().write(Path.of("models/sst-small"), false);
 * }</pre>
 *
 * @param config the architecture
 * @param heads fine-tuned heads, each for another task; empty for a pre-trained model
 * @param weights tensors of exactly {@link #layout}, in its order, as FLOAT; other types are cast
 * @param text vocabulary and how to tokenize; empty if it is not known
 * @param optimizer state of the training; empty if the training is over or never was
 */
public record Checkpoint(
    ElectraConfig config,
    List<TaskHead> heads,
    WeightMap weights,
    Optional<TextSettings> text,
    Optional<OptimizerState> optimizer) {

  /**
   * Checks that all parts fit each other.
   *
   * @throws IllegalArgumentException if two heads have the same task, if weights or moments do not
   *     fit the layout, or if the vocabulary has more pieces than the embedding table rows
   */
  public Checkpoint {
    Objects.requireNonNull(config, "config");
    heads = List.copyOf(heads);
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(optimizer, "optimizer");
    List<TensorSpec> layout = layout(config, heads);
    requireNothingElse(weights, layout);
    weights = weights.subset(layout).castTo(DataType.FLOAT);
    text.flatMap(settings -> vocabularyProblem(settings, config))
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    List<String> misfits = optimizer.map(o -> o.problemsWith(layout)).orElse(List.of());
    if (!misfits.isEmpty()) {
      throw new IllegalArgumentException(
          "The optimizer's state does not fit the weights:\n" + String.join("\n", misfits));
    }
  }

  /** A checkpoint of weights alone. */
  public static Checkpoint of(ElectraConfig config, WeightMap weights) {
    return new Checkpoint(config, List.of(), weights, Optional.empty(), Optional.empty());
  }

  /**
   * Every tensor of a checkpoint: those of the architecture, then those of the heads in order.
   *
   * @throws IllegalArgumentException if two heads are for the same task
   */
  public static List<TensorSpec> layout(ElectraConfig config, List<TaskHead> heads) {
    List<TensorSpec> layout = new ArrayList<>(TensorLayout.of(config));
    Set<String> tasks = new HashSet<>();
    for (TaskHead head : heads) {
      if (!tasks.add(head.task())) {
        throw new IllegalArgumentException(
            "Two heads are for the task %s; a checkpoint has at most one head per task"
                .formatted(head.task()));
      }
      layout.addAll(TensorLayout.taskHead(head, config.encoder().hiddenSize()));
    }
    return List.copyOf(layout);
  }

  /**
   * Reads a folder.
   *
   * @throws MalformedFileException if a file is missing, damaged or does not fit the others; the
   *     message names the file and what to do
   */
  public static Checkpoint read(Path folder) throws IOException {
    return new CheckpointFolder(folder).read(true);
  }

  /** As {@link #read}, leaving the optimizer's state, two thirds of the numbers, on disk. */
  public static Checkpoint readWithoutOptimizer(Path folder) throws IOException {
    return new CheckpointFolder(folder).read(false);
  }

  /**
   * Reads only what a folder says about text, without its weights.
   *
   * @throws MalformedFileException as {@link #read}
   */
  public static Optional<TextSettings> readText(Path folder) throws IOException {
    return new CheckpointFolder(folder).readText();
  }

  /**
   * Writes a folder, complete or not at all.
   *
   * @param folder its place; missing parent folders are made
   * @param overwrite whether a checkpoint that is there may be replaced
   * @throws java.nio.file.FileAlreadyExistsException if there is one and {@code overwrite} is
   *     false, or if the folder holds files that do not belong to a checkpoint
   */
  public void write(Path folder, boolean overwrite) throws IOException {
    StreamedCheckpoint.of(this).write(folder, overwrite);
  }

  /** The head for a task, if there is one. */
  public Optional<TaskHead> head(String task) {
    return heads.stream().filter(head -> head.task().equals(task)).findFirst();
  }

  /** The same checkpoint with other weights of the same layout. */
  public Checkpoint withWeights(WeightMap other) {
    return new Checkpoint(config, heads, other, text, optimizer);
  }

  /** The same checkpoint with this vocabulary. */
  public Checkpoint withText(TextSettings settings) {
    return new Checkpoint(config, heads, weights, Optional.of(settings), optimizer);
  }

  /** The same checkpoint at this point of its training. */
  public Checkpoint withOptimizer(OptimizerState state) {
    return new Checkpoint(config, heads, weights, text, Optional.of(state));
  }

  /** The same checkpoint without anything that only training needs. */
  public Checkpoint withoutOptimizer() {
    return new Checkpoint(config, heads, weights, text, Optional.empty());
  }

  /**
   * This checkpoint, after checking that no weight is NaN or infinite.
   *
   * @param source where it comes from, for the message
   */
  public Checkpoint requireFinite(String source) throws MalformedFileException {
    weights.requireFinite(source);
    return this;
  }

  /** Why a vocabulary cannot belong to an architecture. Fewer pieces than rows are fine. */
  static Optional<String> vocabularyProblem(TextSettings text, ElectraConfig config) {
    return text.pieces() <= config.vocabSize()
        ? Optional.empty()
        : Optional.of(
            "the vocabulary has %d pieces, but the embedding table has only %d rows (vocab_size); use the vocabulary that the model was trained with"
                .formatted(text.pieces(), config.vocabSize()));
  }

  private static void requireNothingElse(WeightMap weights, List<TensorSpec> layout) {
    Set<String> surplus = new HashSet<>(weights.names());
    layout.forEach(spec -> surplus.remove(spec.name()));
    if (!surplus.isEmpty()) {
      throw new IllegalArgumentException(
          "The weights hold %s, which neither the architecture nor a head has a place for; leave them out with WeightMap.subset"
              .formatted(surplus.stream().sorted().toList()));
    }
  }
}
