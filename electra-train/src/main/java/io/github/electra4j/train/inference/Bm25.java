package io.github.electra4j.train.inference;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Okapi BM25 over the pieces of a vocabulary (Robertson, Walker et al., TREC-3, 1994): how many of
 * a query's words a document has, the rare ones counting more. No model is run, so that a {@link
 * PairScorer} need only read the documents that this puts first:
 *
 * <pre>score(q, d) = sum over t in q of ln(1 + (N - n_t + 0.5) / (n_t + 0.5))
 *               f_td (k + 1) / (f_td + k (1 - b + b |d| / mean |d|))</pre>
 *
 * <p>with N documents, n_t of them with piece t, which is f_td times in d; k = 1.2 and b = 0.75.
 */
public final class Bm25 {
  private static final double K = 1.2;
  private static final double B = 0.75;

  private final ElectraTokenizer tokenizer;
  private final List<Map<Integer, Integer>> frequencies = new ArrayList<>();
  private final Map<Integer, Integer> documentsWith = new HashMap<>();
  private final int[] lengths;
  private final double meanLength;

  /**
   * Counts the pieces of all documents.
   *
   * @param tokenizer from text to pieces
   * @param documents what {@link #scores} judges
   */
  public Bm25(ElectraTokenizer tokenizer, List<String> documents) {
    this.tokenizer = tokenizer;
    this.lengths = new int[documents.size()];
    long pieces = 0;
    for (int d = 0; d < lengths.length; d++) {
      Map<Integer, Integer> counts = new HashMap<>();
      for (int piece : tokenizer.ids(documents.get(d))) {
        counts.merge(piece, 1, Integer::sum);
        lengths[d]++;
      }
      counts.keySet().forEach(piece -> documentsWith.merge(piece, 1, Integer::sum));
      frequencies.add(counts);
      pieces += lengths[d];
    }
    this.meanLength = pieces == 0 ? 1 : (double) pieces / lengths.length;
  }

  /** A score per document, in their order; higher fits better, 0 if no piece is shared. */
  public double[] scores(String query) {
    int[] wanted = tokenizer.ids(query);
    double[] scores = new double[lengths.length];
    for (int d = 0; d < scores.length; d++) {
      double saturation = K * (1 - B + B * lengths[d] / meanLength);
      for (int piece : wanted) {
        int count = frequencies.get(d).getOrDefault(piece, 0);
        if (count > 0) {
          scores[d] += rarity(piece) * count * (K + 1) / (count + saturation);
        }
      }
    }
    return scores;
  }

  private double rarity(int piece) {
    int with = documentsWith.get(piece);
    return Math.log(1 + (lengths.length - with + 0.5) / (with + 0.5));
  }
}
