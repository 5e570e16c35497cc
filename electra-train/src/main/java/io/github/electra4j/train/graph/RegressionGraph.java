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
import org.nd4j.linalg.factory.Nd4j;

/**
 * A number for a whole text: dropout and a dense layer with one output on the vector of {@code
 * [CLS]}, without activation, and the squared error (reference:
 * finetune/classification/classification_tasks.py).
 */
record RegressionGraph(TaskHead.Regression head) implements HeadGraph<TaskTarget.Score> {
  private static final String ROWS = "first_rows";
  private static final String TARGETS = "targets";
  private static final String PREDICTIONS = "predictions";

  @Override
  public TaskTarget.Score filler() {
    return new TaskTarget.Score(0);
  }

  private SDVariable predictions(HeadScope scope) {
    return scope.ofFirst(ROWS, head.layers()); // [examples, 1]
  }

  @Override
  public SDVariable losses(HeadScope scope) {
    SDVariable targets = scope.numbers(TARGETS, -1, 1); // [examples, 1]
    return Losses.squaredError(predictions(scope), targets); // [examples, 1]
  }

  @Override
  public Map<String, SDVariable> outputs(HeadScope scope) {
    return Map.of(PREDICTIONS, predictions(scope));
  }

  @Override
  public Map<String, INDArray> inputs(HeadBatch<TaskTarget.Score> batch) {
    return Map.of(ROWS, HeadFeeds.firstRows(batch));
  }

  @Override
  public Map<String, INDArray> targets(HeadBatch<TaskTarget.Score> batch) {
    float[][] values = new float[batch.size()][1];
    for (int i = 0; i < values.length; i++) {
      values[i][0] = (float) batch.targets().get(i).value();
    }
    return Map.of(TARGETS, Nd4j.createFromArray(values));
  }

  @Override
  public List<HeadOutput> read(
      Map<String, INDArray> arrays, HeadBatch<TaskTarget.Score> batch, WeightMap weights) {
    return Arrays.stream(arrays.get(PREDICTIONS).toFloatMatrix())
        .<HeadOutput>map(HeadOutput.Scores::new)
        .toList();
  }
}
