package io.github.electra4j.train.graph;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.graph.Dense;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TaskTarget.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A label for every word: one dense layer on the vector of the word's first token, without dropout;
 * the losses of the words are summed (reference: finetune/tagging/tagging_tasks.py).
 */
record TaggingGraph(TaskHead.Tagging head) implements HeadGraph<Tags> {
  private static final String ROWS = "word_rows";
  private static final String TARGETS = "targets";
  private static final String LOGITS = "logits";

  @Override
  public Tags filler() {
    return new Tags(new int[0], new int[0]);
  }

  private static SDVariable logits(HeadScope scope) {
    SDVariable words = scope.rows(ROWS, scope.vectors()); // [words, hidden]
    return Dense.build(scope.layer("dense"), words); // [words, labels]
  }

  @Override
  public SDVariable losses(HeadScope scope) {
    SDVariable targets = scope.numbers(TARGETS, -1, head.outputs()); // [words, labels]
    return Losses.softmaxCrossEntropy(logits(scope), targets); // [words]
  }

  @Override
  public Map<String, SDVariable> outputs(HeadScope scope) {
    return Map.of(LOGITS, logits(scope));
  }

  @Override
  public Map<String, INDArray> inputs(HeadBatch<Tags> batch) {
    return Map.of(ROWS, HeadFeeds.wordRows(batch, batch.targets()));
  }

  @Override
  public Map<String, INDArray> targets(HeadBatch<Tags> batch) {
    return Map.of(TARGETS, HeadFeeds.wordTargets(batch.targets(), head.outputs()));
  }

  @Override
  public List<HeadOutput> read(
      Map<String, INDArray> arrays, HeadBatch<Tags> batch, WeightMap weights) {
    float[][] rows = arrays.get(LOGITS).toFloatMatrix();
    List<HeadOutput> outputs = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      outputs.add(new HeadOutput.WordScores(HeadFeeds.wordLogits(rows, batch.targets(), i)));
    }
    return outputs;
  }
}
