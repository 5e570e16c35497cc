package io.github.electra4j.train.task;

/** What a head computes for one example, before anything is decided. */
public sealed interface HeadOutput
    permits HeadOutput.Scores,
        HeadOutput.WordScores,
        HeadOutput.SpanScores,
        HeadOutput.IntentScores {

  /**
   * Of a whole text.
   *
   * @param values a logit per label or per candidate, or the one normalised value of a regression
   */
  record Scores(float[] values) implements HeadOutput {}

  /**
   * Of the words of a sentence.
   *
   * @param logits [words, labels], the words of the example's target
   */
  record WordScores(float[][] logits) implements HeadOutput {}

  /**
   * Of an utterance and its words.
   *
   * @param intents [intents]
   * @param slots [words, slots]
   */
  record IntentScores(float[] intents, float[][] slots) implements HeadOutput {}

  /**
   * Of one window of a question's text. Logits of tokens that cannot be part of an answer are lower
   * by 1000.
   *
   * @param startLogits [seq]
   * @param endLogits [seq]; empty with joint prediction
   * @param beam the best spans; empty without joint prediction
   * @param unanswerable logit of the question having no answer; 0 without a classifier
   */
  record SpanScores(float[] startLogits, float[] endLogits, Beam beam, float unanswerable)
      implements HeadOutput {}

  /**
   * The best starts and for each the best ends, best first; log-probabilities.
   *
   * @param starts positions [beam]
   * @param startLogProbabilities [beam]
   * @param ends positions [beam, beam]
   * @param endLogProbabilities given the start, [beam, beam]
   */
  record Beam(
      int[] starts, float[] startLogProbabilities, int[][] ends, float[][] endLogProbabilities) {
    /** No spans. */
    public static final Beam NONE =
        new Beam(new int[0], new float[0], new int[0][], new float[0][]);
  }
}
