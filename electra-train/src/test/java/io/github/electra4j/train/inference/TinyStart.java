package io.github.electra4j.train.inference;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A tiny pre-trained model with random weights and fifteen pieces. */
final class TinyStart {
  private static final String VOCABULARY =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ngood\nbad\nfilm\na\nthe\nwho\n.\nred\nblue\n##s\n";

  private TinyStart() {}

  /** Writes the model. */
  static void write(Path folder) throws IOException {
    ElectraConfig tiny = ElectraConfig.tiny(15);
    WeightMap weights = WeightMap.initialise(TensorLayout.of(tiny), 0.05, 3);
    TextSettings text =
        new TextSettings(VOCABULARY.getBytes(StandardCharsets.UTF_8), true, Optional.empty());
    new Checkpoint(tiny, List.of(), weights, Optional.of(text), Optional.empty())
        .write(folder, false);
  }

  /** The model about to learn fast. */
  static FineTuning learning(Path folder) throws IOException {
    return Electra.fineTune(folder)
        .with(config -> config.withEpochs(12).withBatchSize(8).withLearningRate(1e-3));
  }
}
