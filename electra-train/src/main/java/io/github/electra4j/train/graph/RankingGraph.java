package io.github.electra4j.train.graph;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TaskTarget.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The best of several candidates: a dense layer with one output on the {@code [CLS]} vector of
 * every candidate, with dropout, and the softmax over the candidates of an example.
 */
record RankingGraph(TaskHead.PairRanking head) implements HeadGraph<Choice> {
  /** Added to the score where an example has fewer candidates than others. */
  private static final float NO_CANDIDATE = -10000;

  private static final String ROWS = "candidate_rows";
  private static final String PENALTIES = "penalties";
  private static final String TARGETS = "targets";
  private static final String SCORES = "scores";

  @Override
  public Choice filler() {
    return new Choice(1, 0);
  }

  private SDVariable scores(HeadScope scope) {
    SDVariable flat = scope.ofFirst(ROWS, head.layers()); // [examples · candidates, 1]
    SDVariable penalties = scope.numbers(PENALTIES, -1, -1); // [examples, candidates]
    return scope.root().sd().reshape(flat, penalties.shape()).add(penalties);
  }

  @Override
  public SDVariable losses(HeadScope scope) {
    SDVariable targets = scope.numbers(TARGETS, -1, -1); // [examples, candidates]
    return Losses.softmaxCrossEntropy(scores(scope), targets); // [examples]
  }

  @Override
  public Map<String, SDVariable> outputs(HeadScope scope) {
    return Map.of(SCORES, scores(scope));
  }

  private static int candidates(HeadBatch<Choice> batch) {
    return batch.targets().stream().mapToInt(Choice::candidates).max().orElseThrow();
  }

  @Override
  public Map<String, INDArray> inputs(HeadBatch<Choice> batch) {
    int candidates = candidates(batch);
    int[] rows = new int[batch.size() * candidates];
    float[][] penalties = new float[batch.size()][candidates];
    for (int i = 0; i < batch.size(); i++) {
      int own = batch.targets().get(i).candidates();
      for (int c = 0; c < candidates; c++) {
        rows[i * candidates + c] = batch.firstRow(i, c < own ? c : 0);
        penalties[i][c] = c < own ? 0 : NO_CANDIDATE;
      }
    }
    return Map.of(ROWS, Nd4j.createFromArray(rows), PENALTIES, Nd4j.createFromArray(penalties));
  }

  @Override
  public Map<String, INDArray> targets(HeadBatch<Choice> batch) {
    int[] right = batch.targets().stream().mapToInt(Choice::right).toArray();
    return Map.of(TARGETS, HeadFeeds.oneHot(right, candidates(batch)));
  }

  @Override
  public List<HeadOutput> read(
      Map<String, INDArray> arrays, HeadBatch<Choice> batch, WeightMap weights) {
    float[][] rows = arrays.get(SCORES).toFloatMatrix();
    List<HeadOutput> outputs = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      int own = batch.targets().get(i).candidates();
      outputs.add(new HeadOutput.Scores(Arrays.copyOf(rows[i], own)));
    }
    return outputs;
  }
}
