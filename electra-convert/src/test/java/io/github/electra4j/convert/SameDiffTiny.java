package io.github.electra4j.convert;

import io.github.electra4j.convert.samediff.SameDiffExport;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A very small model as a SameDiff file. */
final class SameDiffTiny {
  private SameDiffTiny() {}

  /** Writes the folder. */
  static Path write(Path folder) throws IOException {
    ElectraConfig config =
        new ElectraConfig(
            11, 4, 8, 2, 0.02, new EncoderConfig(8, 1, 2, 16, 0.1, 0.1), Optional.empty(), true);
    WeightMap weights = WeightMap.initialise(TensorLayout.of(config), 0.02, 3);
    SameDiffExport.write(Checkpoint.of(config, weights), folder, true);
    return folder;
  }
}
