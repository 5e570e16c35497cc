package io.github.electra4j.train.graph;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TaskTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of several labels for a whole text: dropout and one dense layer on the vector of {@code
 * [CLS]}. There is no pooler, and no hidden layer (reference:
 * finetune/classification/classification_tasks.py) except in a head of HuggingFace's kind.
 */
record ClassificationGraph(TaskHead.Classification head) implements HeadGraph<TaskTarget.Label> {
  private static final String ROWS = "first_rows";
  private static final String TARGETS = "targets";
  private static final String LOGITS = "logits";

  @Override
  public TaskTarget.Label filler() {
    return new TaskTarget.Label(0);
  }

  private SDVariable logits(HeadScope scope) {
    return scope.ofFirst(ROWS, head.layers()); // [examples, labels]
  }

  @Override
  public SDVariable losses(HeadScope scope) {
    SDVariable targets = scope.numbers(TARGETS, -1, head.outputs()); // [examples, labels]
    return Losses.softmaxCrossEntropy(logits(scope), targets); // [examples]
  }

  @Override
  public Map<String, SDVariable> outputs(HeadScope scope) {
    return Map.of(LOGITS, logits(scope));
  }

  @Override
  public Map<String, INDArray> inputs(HeadBatch<TaskTarget.Label> batch) {
    return Map.of(ROWS, HeadFeeds.firstRows(batch));
  }

  @Override
  public Map<String, INDArray> targets(HeadBatch<TaskTarget.Label> batch) {
    int[] indices = batch.targets().stream().mapToInt(TaskTarget.Label::index).toArray();
    return Map.of(TARGETS, HeadFeeds.oneHot(indices, head.outputs()));
  }

  @Override
  public List<HeadOutput> read(
      Map<String, INDArray> arrays, HeadBatch<TaskTarget.Label> batch, WeightMap weights) {
    return Arrays.stream(arrays.get(LOGITS).toFloatMatrix())
        .<HeadOutput>map(HeadOutput.Scores::new)
        .toList();
  }
}
