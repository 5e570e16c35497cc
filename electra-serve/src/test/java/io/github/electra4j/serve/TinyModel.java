package io.github.electra4j.serve;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.serve.task.ServedModel;
import io.github.electra4j.train.inference.LoadedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Small models with weights by chance. */
final class TinyModel {
  static final List<TaskHead> HEADS =
      List.of(
          new TaskHead.Classification("mood", List.of("bad", "good")),
          new TaskHead.SpanAnswer("qa", true, SpanSettings.defaults()),
          new TaskHead.Tagging("colours", List.of("COLOUR", "O")),
          new TaskHead.PairRanking("choice"),
          new TaskHead.Regression("stars", 0, 5),
          new TaskHead.IntentAndSlots(
              "wish", List.of("see", "ask"), List.of("B-colour", "I-colour", "O")));

  private static final String VOCABULARY =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ngood\nbad\nfilm\na\nthe\nwho\n.\nred\nblue\n##s\n";

  private TinyModel() {}

  /** A pre-trained model with these heads besides. */
  static LoadedModel with(List<TaskHead> heads) throws IOException {
    return of(ElectraConfig.tiny(15), heads);
  }

  /** One that reads no more than some tokens at a time. */
  static LoadedModel reading(int tokens, List<TaskHead> heads) throws IOException {
    return of(ElectraConfig.tiny(15).withMaxPositions(tokens), heads);
  }

  private static LoadedModel of(ElectraConfig tiny, List<TaskHead> heads) throws IOException {
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(tiny, heads), 0.05, 3);
    TextSettings text =
        new TextSettings(VOCABULARY.getBytes(StandardCharsets.UTF_8), true, Optional.empty());
    return LoadedModel.of(
        Path.of("tiny"), new Checkpoint(tiny, heads, weights, Optional.of(text), Optional.empty()));
  }

  /** A model that can do everything. */
  static ServedModel all() throws IOException {
    return ServedModel.of("tiny", with(HEADS));
  }
}
