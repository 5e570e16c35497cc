package io.github.electra4j.train.graph;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.task.TaskTarget.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The arrays that {@link SpanLayers} reads. */
final class SpanFeeds {
  /** The original's value for tokens that cannot be part of an answer. */
  static final float PENALTY = -1000;

  private SpanFeeds() {}

  /** Rows of the tokens and penalties of the logits. */
  static Map<String, INDArray> inputs(HeadBatch<Span> batch) {
    TokenBatch tokens = batch.tokens();
    int seq = tokens.seq();
    int[] rows = new int[batch.size() * seq];
    float[][] penalties = new float[batch.size()][seq];
    for (int i = 0; i < batch.size(); i++) {
      int sequence = batch.sequences().get(i);
      for (int t = 0; t < seq; t++) {
        rows[i * seq + t] = batch.row(i, t);
        boolean eligible =
            t == 0 || tokens.attentionMask()[sequence][t] * tokens.tokenTypeIds()[sequence][t] == 1;
        penalties[i][t] = eligible ? 0 : PENALTY;
      }
    }
    Map<String, INDArray> feeds = new LinkedHashMap<>();
    feeds.put(SpanLayers.TOKENS, Nd4j.createFromArray(rows));
    feeds.put(SpanLayers.PENALTIES, Nd4j.createFromArray(penalties));
    return feeds;
  }

  /** For every token the row, among those of {@link #inputs}, of its example's start. */
  static INDArray rightStarts(int[] starts, int seq) {
    int[] rows = new int[starts.length * seq];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i / seq * seq + starts[i / seq];
    }
    return Nd4j.createFromArray(rows);
  }

  /** 1 where the question has no answer, [examples, 1]. */
  static INDArray impossible(List<Span> targets) {
    float[][] values = new float[targets.size()][1];
    for (int i = 0; i < values.length; i++) {
      values[i][0] = targets.get(i).impossible() ? 1 : 0;
    }
    return Nd4j.createFromArray(values);
  }
}
