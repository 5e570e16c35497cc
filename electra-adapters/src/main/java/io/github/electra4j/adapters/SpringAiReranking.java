package io.github.electra4j.adapters;

import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.inference.PairScorer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.rag.Query;
import org.springframework.ai.rag.postretrieval.document.DocumentPostProcessor;

/**
 * A {@link PairScorer} as a step of Spring AI's retrieval: the documents that were found, best
 * fitting first, each with its score. The scorer stays the caller's to close.
 */
public final class SpringAiReranking implements DocumentPostProcessor {
  private final PairScorer scorer;
  private final int most;

  /** Keeps all documents. */
  public SpringAiReranking(PairScorer scorer) {
    this(scorer, Integer.MAX_VALUE);
  }

  /**
   * Keeps the best documents.
   *
   * @param most how many, at least 1
   */
  public SpringAiReranking(PairScorer scorer, int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "SpringAiReranking.most is %d; keep at least 1 document".formatted(most));
    }
    this.scorer = scorer;
    this.most = most;
  }

  /** The same documents, scored, best first; equally good ones in their order. */
  @Override
  public List<Document> process(Query query, List<Document> documents) {
    List<TextPair> pairs =
        documents.stream().map(document -> new TextPair(query.text(), text(document))).toList();
    double[] scores = scorer.scores(pairs);
    List<Document> scored = new ArrayList<>();
    for (Document document : documents) {
      scored.add(document.mutate().score(scores[scored.size()]).build());
    }
    scored.sort(Comparator.comparing(Document::getScore, Comparator.reverseOrder()));
    return List.copyOf(scored.subList(0, Math.min(most, scored.size())));
  }

  /**
   * A document's text.
   *
   * @throws IllegalArgumentException if it is of another medium
   */
  static String text(Document document) {
    if (!document.isText()) {
      throw new IllegalArgumentException(
          "Document %s has no text; ELECTRA reads nothing else".formatted(document.getId()));
    }
    return document.getText();
  }
}
