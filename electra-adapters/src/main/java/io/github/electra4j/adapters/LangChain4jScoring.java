package io.github.electra4j.adapters;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.inference.PairScorer;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link PairScorer} as LangChain4j's scoring model, for re-ranking what a search has found. The
 * scores are those of the scorer: higher fits better. The scorer stays the caller's to close.
 */
public final class LangChain4jScoring implements ScoringModel {
  private final PairScorer scorer;

  /** The query is the first text of a pair, the segment the second, as in fine-tuning. */
  public LangChain4jScoring(PairScorer scorer) {
    this.scorer = scorer;
  }

  /** How well each segment fits the query, in the order of the segments. */
  @Override
  public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
    List<TextPair> pairs =
        segments.stream().map(segment -> new TextPair(query, segment.text())).toList();
    return Response.from(Arrays.stream(scorer.scores(pairs)).boxed().toList());
  }
}
