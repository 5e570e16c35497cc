package io.github.electra4j.convert;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.json.NativeConfig;
import io.github.electra4j.model.json.NativeConfigJson;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.model.storage.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder that this project wrote. */
final class NativeFolder {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";

  private NativeFolder() {}

  /** Whether a folder is one of this project's; HuggingFace's have files of the same names. */
  static boolean isOne(Path folder) throws IOException {
    return Files.isRegularFile(folder.resolve(CONFIG))
        && Files.isRegularFile(folder.resolve(WEIGHTS))
        && ReferenceFile.parse(folder.resolve(CONFIG)).has("electra4j");
  }

  static Inspection inspect(Path folder) throws IOException {
    TensorTable table = new TensorTable(folder.toString());
    table.addAll(SafetensorsFile.open(folder.resolve(WEIGHTS)));
    if (Files.isRegularFile(folder.resolve(OPTIMIZER))) {
      SafetensorsFile state = SafetensorsFile.open(folder.resolve(OPTIMIZER));
      table.addAll(state);
      table.globalStep(step(state));
    }
    NativeConfig content = NativeConfigJson.read(ReferenceFile.parse(folder.resolve(CONFIG)));
    List<String> reasons = List.of("as " + folder.resolve(CONFIG) + " says");
    List<TaskHead> heads = content.heads();
    return table.inspect(
        Inspection.Format.NATIVE, new Architecture(content.config(), heads, reasons), heads);
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
