package io.github.electra4j.cli;

import static io.github.electra4j.testkit.TensorAssert.assertWithin;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.task.Featurizer;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import io.github.electra4j.train.task.TextExample;
import io.github.electra4j.train.task.UnorderedPairs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A recorded run on a task of GLUE. */
final class RecordedGlue implements RecordedTask {
  private final GlueTask task;

  RecordedGlue(String name) {
    this.task =
        GlueTask.all().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError("nothing is known about the task " + name));
  }

  @Override
  public TaskHead head() {
    return task.isRegression()
        ? new TaskHead.Regression(task.name(), 0, 5)
        : new TaskHead.Classification(
            task.name(), ((io.github.electra4j.eval.dataset.ClassTarget) task.target()).labels());
  }

  @Override
  public TaskTarget target(JsonNode example) {
    return task.isRegression()
        ? new TaskTarget.Score(example.get(task.name() + "_targets").asDouble())
        : new TaskTarget.Label(example.get(task.name() + "_label_ids").asInt());
  }

  @Override
  public List<TaskExample> examples(Path data, String split, ElectraTokenizer tokenizer, int length)
      throws IOException {
    List<TextExample> texts = GlueReader.read(task, data, split);
    if (split.equals("train") && task.training().bothOrders()) {
      texts = UnorderedPairs.doubled(texts);
    }
    return new Featurizer(tokenizer, head(), length).examples(texts);
  }

  @Override
  public void check(
      GoldenTensors golden,
      String when,
      LabelledBatch batch,
      List<HeadOutput> outputs,
      double tolerance) {
    int width = head().outputs();
    float[] flat = new float[outputs.size() * width];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = ((HeadOutput.Scores) outputs.get(i / width)).values()[i % width];
    }
    String name = when + (task.isRegression() ? ".predictions" : ".logits");
    assertWithin(name, golden.get(name).floats(), flat, tolerance);
  }
}
