package io.github.electra4j.convert.onnx;

import io.github.electra4j.convert.huggingface.HeadConfigJson;
import io.github.electra4j.convert.huggingface.TextFiles;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.json.HuggingFaceConfigJson;
import io.github.electra4j.model.storage.AtomicFolder;
import io.github.electra4j.model.storage.FolderKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checkpoint's network as an ONNX model: one head, or the encoder alone, for inference anywhere.
 * Batch size and length are free. Inputs are {@code input_ids}, {@code attention_mask} and {@code
 * token_type_ids}, INT64 [batch, seq]; for a choice among candidates [batch, choices, seq].
 *
 * <pre>{@code
 * OnnxExport.write(checkpoint, Path.of("exported"), OnnxOptions.standard().withTask("sst"));
 * }</pre>
 */
public final class OnnxExport {
  /** The task of the encoder alone: {@code last_hidden_state [batch, seq, hidden]}. */
  public static final String FEATURES = OnnxTask.FEATURES;

  /** The discriminator's task: {@code logits [batch, seq]}, above 0 for a replaced token. */
  public static final String REPLACED_TOKENS = OnnxTask.REPLACED_TOKENS;

  /** The generator's task: {@code logits [batch, seq, vocab]}. */
  public static final String FILL_MASK = OnnxTask.FILL_MASK;

  /** The model within the folder. */
  public static final String MODEL = "model.onnx";

  private static final String CONFIG = "config.json";
  private static final Set<String> OTHERS = Set.of("model.onnx_data", CONFIG);

  private static final FolderKind KIND =
      new FolderKind(
          "an exported ONNX model",
          Set.of(MODEL),
          name -> OTHERS.contains(name) || TextFiles.NAMES.contains(name));

  /** What one message of protocol buffers may hold, with some room. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

  private final Checkpoint checkpoint;
  private final OnnxOptions options;
  private final OnnxTask task;

  private OnnxExport(Checkpoint checkpoint, OnnxOptions options) {
    this.checkpoint = checkpoint;
    this.options = options;
    this.task = OnnxTask.of(checkpoint, options.task());
  }

  /**
   * Writes a folder with {@code model.onnx}, {@code config.json} and the tokenizer's files,
   * complete or not at all. A model of more than 2 GB keeps its tensors in {@code model.onnx_data}.
   *
   * @param folder its place; missing parent folders are made
   * @return what the user should know, in full sentences
   * @throws java.nio.file.FileAlreadyExistsException if there is something that may not be replaced
   * @throws IllegalArgumentException if the checkpoint has no such task, or a weight is too large
   *     for the precision
   */
  public static List<String> write(Checkpoint checkpoint, Path folder, OnnxOptions options)
      throws IOException {
    return new OnnxExport(checkpoint, options).write(folder, MOST_BYTES);
  }

  /** The weights of the checkpoint that the model holds, under their own names. */
  public static List<String> weights(Checkpoint checkpoint, OnnxOptions options) {
    OnnxTask task = OnnxTask.of(checkpoint, options.task());
    return checkpoint.weights().names().stream()
        .filter(name -> task.uses(checkpoint, name))
        .toList();
  }

  /** The same with another limit for the size of the model's file. */
  static List<String> write(Checkpoint checkpoint, Path folder, OnnxOptions options, long limit)
      throws IOException {
    return new OnnxExport(checkpoint, options).write(folder, limit);
  }

  private List<String> write(Path folder, long limit) throws IOException {
    List<String> notes = new ArrayList<>();
    OnnxGraph graph = OnnxModel.build(checkpoint, task, options.precision());
    OnnxFile file = new OnnxFile(options.modelName().orElse("electra"), graph, metadata());
    try (AtomicFolder target = AtomicFolder.create(folder, KIND, options.overwrite())) {
      file.write(target.temporary().resolve(MODEL), limit);
      Files.writeString(
          target.temporary().resolve(CONFIG), configuration(), StandardCharsets.UTF_8);
      if (checkpoint.text().isPresent()) {
        int positions = checkpoint.config().maxPositions();
        TextFiles.write(target.temporary(), checkpoint.text().get(), positions);
      } else {
        notes.add("There is no vocabulary to write, so that no tokenizer can be loaded.");
      }
      target.commit();
      notes.add(
          0,
          "Written: %s for the task %s in %s, weights in %s."
              .formatted(MODEL, task.name(), target.target(), options.precision()));
    }
    return notes;
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    options.modelName().ifPresent(name -> metadata.put("model_name", name));
    if (task.head().isPresent()) {
      metadata.putAll(HeadDescription.of(task.head().get()));
    } else {
      metadata.put("task", task.name());
    }
    metadata.put("precision", options.precision().toString());
    return metadata;
  }

  private String configuration() {
    if (task.head().isPresent()) {
      return HeadConfigJson.write(checkpoint.config(), task.head().get());
    }
    if (task.is(FILL_MASK)) {
      return HuggingFaceConfigJson.writeGenerator(checkpoint.config());
    }
    return HuggingFaceConfigJson.writeDiscriminator(
        checkpoint.config().withDiscriminatorHead(task.is(REPLACED_TOKENS)));
  }
}
