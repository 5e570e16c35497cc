package io.github.electra4j.eval.metric;

import io.github.electra4j.train.chunk.Chunk;
import io.github.electra4j.train.chunk.ChunkDecoding;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Chunks, names or other entities found in sentences: precision, recall and F1 overall and per
 * type, and the accuracy of tags, as conlleval counts them.
 *
 * <pre>{@code
 * ChunkTally tally = new ChunkTally(ChunkDecoding.CONLLEVAL);
 * tally.add(List.of("B-NP", "I-NP", "B-VP"), List.of("B-NP", "I-NP", "B-NP"));
 * tally.overall(); // ChunkScore[gold=2, found=2, correct=1]
 * }</pre>
 */
public final class ChunkTally {
  private static final int GOLD = 0;
  private static final int FOUND = 1;
  private static final int CORRECT = 2;

  private final ChunkDecoding decoding;
  private final Map<String, int[]> types = new TreeMap<>();
  private int words;
  private int rightTags;

  /** Starts with no sentence. */
  public ChunkTally(ChunkDecoding decoding) {
    this.decoding = decoding;
  }

  /**
   * Counts a sentence.
   *
   * @param gold the right tags, one per word
   * @param predicted the tags to judge, equally many
   */
  public void add(List<String> gold, List<String> predicted) {
    if (gold.size() != predicted.size()) {
      throw new IllegalArgumentException(
          "A sentence has %d gold tags and %d predicted ones; give one of each per word."
              .formatted(gold.size(), predicted.size()));
    }
    words += gold.size();
    for (int i = 0; i < gold.size(); i++) {
      rightTags += gold.get(i).equals(predicted.get(i)) ? 1 : 0;
    }
    Set<Chunk> right = new HashSet<>(decoding.chunks(gold));
    right.forEach(chunk -> count(chunk, GOLD));
    for (Chunk chunk : decoding.chunks(predicted)) {
      count(chunk, FOUND);
      if (right.contains(chunk)) {
        count(chunk, CORRECT);
      }
    }
  }

  private void count(Chunk chunk, int what) {
    types.computeIfAbsent(chunk.type(), type -> new int[3])[what]++;
  }

  /** How many words were counted. */
  public int words() {
    return words;
  }

  /** The share of words with the right tag, from 0 to 1; 0 if there is no word. */
  public double tagAccuracy() {
    return words == 0 ? 0 : (double) rightTags / words;
  }

  /** All types together: every chunk counts alike. */
  public ChunkScore overall() {
    int[] sums = new int[3];
    for (int[] counts : types.values()) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += counts[i];
      }
    }
    return new ChunkScore(sums[GOLD], sums[FOUND], sums[CORRECT]);
  }

  /** The score of every type that is gold or was found, in the order of their names. */
  public Map<String, ChunkScore> byType() {
    Map<String, ChunkScore> scores = new TreeMap<>();
    types.forEach(
        (type, counts) ->
            scores.put(type, new ChunkScore(counts[GOLD], counts[FOUND], counts[CORRECT])));
    return scores;
  }

  /** The report that conlleval prints, in its own layout. */
  public String toConlleval() {
    ChunkScore all = overall();
    StringBuilder report =
        new StringBuilder(
            "processed %d tokens with %d phrases; found: %d phrases; correct: %d.%n"
                .formatted(words, all.gold(), all.found(), all.correct()));
    report.append(
        String.format(Locale.ROOT, "accuracy: %6.2f%%; %s%n", 100 * tagAccuracy(), row(all)));
    byType()
        .forEach(
            (type, score) ->
                report.append(
                    String.format(Locale.ROOT, "%17s: %s  %d%n", type, row(score), score.found())));
    return report.toString();
  }

  private static String row(ChunkScore score) {
    return String.format(
        Locale.ROOT,
        "precision: %6.2f%%; recall: %6.2f%%; FB1: %6.2f",
        100 * score.precision(),
        100 * score.recall(),
        100 * score.f1());
  }
}
