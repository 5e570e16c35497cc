package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What differs from task to task in a recorded fine-tuning run. */
interface RecordedTask {
  TaskHead head();

  /** The target among the recorded features of an example. */
  TaskTarget target(JsonNode example);

  /** What this project makes of the raw data. */
  List<TaskExample> examples(Path data, String split, ElectraTokenizer tokenizer, int length)
      throws IOException;

  /** Compares the outputs of a batch with those recorded as {@code <when>.<name>}. */
  void check(
      GoldenTensors golden,
      String when,
      LabelledBatch batch,
      List<HeadOutput> outputs,
      double tolerance);

  /** The task of a run. */
  static RecordedTask of(JsonNode info) {
    String name = info.at("/config/task_names/0").asText();
    return switch (name) {
      case "chunk" -> new RecordedChunks(info);
      case "squad", "squadv1" -> new RecordedQuestions(info.get("config"), name);
      default -> new RecordedGlue(name);
    };
  }

  /** A list of integers. */
  static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    java.util.Arrays.setAll(values, i -> array.get(i).asInt());
    return values;
  }
}
