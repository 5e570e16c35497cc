package io.github.electra4j.train.graph;

import io.github.electra4j.model.TaskHead;

/** The graph of every kind of head. */
final class HeadGraphs implements TaskHead.Cases<HeadGraph<?>> {
  private HeadGraphs() {}

  static HeadGraph<?> of(TaskHead head) {
    return head.match(new HeadGraphs());
  }

  @Override
  public HeadGraph<?> classification(TaskHead.Classification head) {
    return new ClassificationGraph(head);
  }

  @Override
  public HeadGraph<?> regression(TaskHead.Regression head) {
    return new RegressionGraph(head);
  }

  @Override
  public HeadGraph<?> tagging(TaskHead.Tagging head) {
    return new TaggingGraph(head);
  }

  @Override
  public HeadGraph<?> spanAnswer(TaskHead.SpanAnswer head) {
    return new SpanGraph(head);
  }

  @Override
  public HeadGraph<?> pairRanking(TaskHead.PairRanking head) {
    return new RankingGraph(head);
  }

  @Override
  public HeadGraph<?> intentAndSlots(TaskHead.IntentAndSlots head) {
    return new IntentGraph(head);
  }
}
