package io.github.electra4j.train;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A task that a tiny model learns in seconds: does the sequence contain token 7? */
final class TinyTask {
  static final TaskHead HEAD = new TaskHead.Classification("seven", List.of("no", "yes"));
  static final FineTuneConfig CHOICES = new FineTuneConfig(3e-3, 0.01, 1, 0.1, 6, 8, 16, 0.1, 11);

  private TinyTask() {}

  static Checkpoint start() {
    ElectraConfig config =
        new ElectraConfig(
            24,
            16,
            16,
            2,
            0.02,
            new EncoderConfig(32, 2, 2, 64, 0.1, 0.1),
            Optional.empty(),
            false);
    WeightMap weights = WeightMap.initialise(TensorLayout.of(config), 0.1, 5);
    return Checkpoint.of(config, weights);
  }

  static List<TaskExample> examples(int count) {
    Random random = new Random(2);
    List<TaskExample> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean yes = i % 2 == 1;
      int[] ids = new int[4 + random.nextInt(8)];
      for (int t = 0; t < ids.length; t++) {
        ids[t] = 8 + random.nextInt(16);
      }
      ids[0] = 1;
      if (yes) {
        ids[1 + random.nextInt(ids.length - 1)] = 7;
      }
      examples.add(
          TaskExample.of(
              i, HEAD.task(), ids, new int[ids.length], new TaskTarget.Label(yes ? 1 : 0)));
    }
    return examples;
  }
}
