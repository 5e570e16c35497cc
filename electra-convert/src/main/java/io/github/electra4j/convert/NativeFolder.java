package io.github.electra4j.convert;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.json.NativeConfig;
import io.github.electra4j.model.json.NativeConfigJson;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.model.storage.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A folder that this project wrote. */
final class NativeFolder {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";

  private NativeFolder() {}

  /** Whether a folder holds the two files that are always there; HuggingFace's have them, too. */
  static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG))
        && Files.isRegularFile(folder.resolve(WEIGHTS));
  }

  /**
   * Refuses a folder of HuggingFace's, which has the same file names.
   *
   * @throws MalformedFileException if the configuration is not this project's
   */
  static JsonFields requireOwn(Path folder) throws IOException {
    JsonFields fields = ReferenceFile.parse(folder.resolve(CONFIG));
    if (!fields.has("electra4j")) {
      throw MalformedFileException.in(
          folder,
          "this is a folder of HuggingFace's, not of this project: its config.json has no block \"electra4j\". Such folders cannot be converted; give a TensorFlow checkpoint.");
    }
    return fields;
  }

  static Inspection inspect(Path folder) throws IOException {
    TensorTable table = new TensorTable(folder.toString());
    table.addAll(SafetensorsFile.open(folder.resolve(WEIGHTS)));
    if (Files.isRegularFile(folder.resolve(OPTIMIZER))) {
      SafetensorsFile state = SafetensorsFile.open(folder.resolve(OPTIMIZER));
      table.addAll(state);
      table.globalStep(step(state));
    }
    NativeConfig content = NativeConfigJson.read(requireOwn(folder));
    Map<String, Integer> outputs = new TreeMap<>();
    content.heads().forEach(head -> outputs.put(head.task(), head.outputs()));
    List<String> reasons = List.of("as " + folder.resolve(CONFIG) + " says");
    List<TaskHead> heads = content.heads();
    return table.inspect(
        Inspection.Format.NATIVE, new Architecture(content.config(), outputs, reasons), heads);
  }

  private static long step(SafetensorsFile state) throws MalformedFileException {
    String step = state.metadata().getOrDefault("global_step", "absent");
    try {
      return Long.parseLong(step);
    } catch (NumberFormatException e) {
      throw MalformedFileException.in(
          state.file(),
          "the metadata's global_step is %s; a whole number was expected.".formatted(step),
          e);
    }
  }
}
