package io.github.electra4j.convert.samediff;

import io.github.electra4j.convert.huggingface.TextFiles;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.GeneratorConfig.Kind;
import io.github.electra4j.model.json.NativeConfig;
import io.github.electra4j.model.json.NativeConfigJson;
import io.github.electra4j.model.storage.AtomicFolder;
import io.github.electra4j.model.storage.FolderKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A checkpoint as a graph that {@code SameDiff.load} reads without this project: {@code model.fb},
 * beside it the configuration and the vocabulary.
 */
public final class SameDiffExport {
  /** The graph with the weights. */
  public static final String MODEL = "model.fb";

  /** This project's configuration of the same weights. */
  public static final String CONFIG = "config.json";

  private static final FolderKind KIND =
      new FolderKind(
          "a SameDiff model",
          Set.of(MODEL),
          name -> name.equals(CONFIG) || TextFiles.NAMES.contains(name));

  /** One buffer holds the whole file; FlatBuffers doubles it as it grows, up to 1 GiB. */
  private static final long MOST_PARAMETERS = ((1L << 30) - (64L << 20)) / Float.BYTES;

  private SameDiffExport() {}

  /**
   * Writes the folder, complete or not at all.
   *
   * @param folder its place; missing parent folders are made
   * @param overwrite whether an older export may be replaced
   * @return what the user should know, in full sentences
   * @throws IllegalArgumentException if the weights are too many for a SameDiff file, or the
   *     generator is of two towers
   */
  public static List<String> write(Checkpoint checkpoint, Path folder, boolean overwrite)
      throws IOException {
    requirePossible(checkpoint);
    List<String> notes = new ArrayList<>();
    SameDiffModel.Built model = SameDiffModel.build(checkpoint);
    try (AtomicFolder target = AtomicFolder.create(folder, KIND, overwrite)) {
      Path temporary = target.temporary();
      model.graph().asFlatFile(temporary.resolve(MODEL).toFile(), false);
      Files.writeString(
          temporary.resolve(CONFIG),
          NativeConfigJson.write(new NativeConfig(checkpoint.config(), checkpoint.heads())),
          StandardCharsets.UTF_8);
      if (checkpoint.text().isPresent()) {
        TextFiles.write(temporary, checkpoint.text().get(), checkpoint.config().maxPositions());
      }
      target.commit();
      notes.add("Written: %s in %s.".formatted(MODEL, target.target()));
    }
    notes.add("Results of the graph: %s.".formatted(String.join(", ", model.outputs())));
    if (checkpoint.optimizer().isPresent()) {
      notes.add("The optimizer's state is not written; the graph is for inference.");
    }
    return notes;
  }

  private static void requirePossible(Checkpoint checkpoint) {
    requireRoom(checkpoint.weights().parameterCount());
    if (checkpoint.config().generator().filter(g -> g.kind() == Kind.TWO_TOWER).isPresent()) {
      throw new IllegalArgumentException(
          "A generator of two towers is not written as a SameDiff graph; write it as native or tensorflow");
    }
  }

  /** Refuses more weights than a file can hold. */
  static void requireRoom(long weights) {
    if (weights > MOST_PARAMETERS) {
      throw new IllegalArgumentException(
          "The checkpoint has %d weights, but a SameDiff file holds at most %d; write it as native, huggingface or onnx"
              .formatted(weights, MOST_PARAMETERS));
    }
  }
}
