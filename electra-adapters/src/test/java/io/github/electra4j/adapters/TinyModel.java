package io.github.electra4j.adapters;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.inference.LoadedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small model with weights by chance. */
final class TinyModel {
  static final TaskHead HEAD =
      new TaskHead.Classification("nli", List.of("entailment", "not_entailment"));

  private static final String VOCABULARY =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ngood\nbad\nfilm\na\nthe\nwho\n.\nred\nblue\n##s\n";

  private TinyModel() {}

  static LoadedModel read() throws IOException {
    ElectraConfig tiny = ElectraConfig.tiny(15);
    List<TaskHead> heads = List.of(HEAD);
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(tiny, heads), 0.05, 3);
    TextSettings text =
        new TextSettings(VOCABULARY.getBytes(StandardCharsets.UTF_8), true, Optional.empty());
    return LoadedModel.of(
        Path.of("tiny"), new Checkpoint(tiny, heads, weights, Optional.of(text), Optional.empty()));
  }
}
