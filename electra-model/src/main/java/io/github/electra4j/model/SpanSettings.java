package io.github.electra4j.model;

import java.util.Objects;

/**
 * The choices of question answering, with the original's defaults (finetune/qa/qa_tasks.py).
 *
 * @param jointPrediction whether the end is predicted from the start ({@code true}) or both are
 *     predicted independently
 * @param beamSize starts that are followed up, and ends that are kept of each; at least 1; unused
 *     without joint prediction
 * @param answerability how the head tells that a question has no answer
 * @param windows how long texts are cut
 * @param choice how an answer is chosen
 */
public record SpanSettings(
    boolean jointPrediction,
    int beamSize,
    Answerability answerability,
    Windows windows,
    Choice choice) {

  /** Checks the numbers. */
  public SpanSettings {
    require(beamSize >= 1, "beamSize", beamSize, "at least 1");
    Objects.requireNonNull(answerability, "answerability");
    Objects.requireNonNull(windows, "windows");
    Objects.requireNonNull(choice, "choice");
  }

  /** What the classifier for unanswerable questions reads. */
  public enum Evidence {
    /** There is no such classifier. */
    NONE,
    /** The vector of {@code [CLS]}. */
    FIRST_TOKEN,
    /** The vector of {@code [CLS]} and the mean of all vectors, weighted by the start's softmax. */
    START_LOGITS
  }

  /**
   * The classifier for unanswerable questions.
   *
   * @param evidence what it reads
   * @param weight factor on its loss, at least 0
   */
  public record Answerability(Evidence evidence, double weight) {
    /** Checks the weight. */
    public Answerability {
      Objects.requireNonNull(evidence, "evidence");
      require(weight >= 0 && Double.isFinite(weight), "weight", weight, "at least 0");
    }

    /** No classifier. */
    public static Answerability none() {
      return new Answerability(Evidence.NONE, 0.5);
    }

    /** Whether there is a classifier. */
    public boolean isPresent() {
      return evidence != Evidence.NONE;
    }
  }

  /**
   * How a text that is too long is cut into windows.
   *
   * @param maxQueryLength most tokens of a question, at least 1
   * @param docStride tokens from the start of a window to the start of the next, at least 1
   */
  public record Windows(int maxQueryLength, int docStride) {
    /** Checks the numbers. */
    public Windows {
      require(maxQueryLength >= 1, "maxQueryLength", maxQueryLength, "at least 1");
      require(docStride >= 1, "docStride", docStride, "at least 1");
    }
  }

  /**
   * How an answer is chosen among the spans.
   *
   * @param nBestSize different answers that are kept, at least 1
   * @param maxAnswerLength most tokens of an answer, at least 1
   * @param nullThreshold a question whose null odds are above this counts as unanswerable
   */
  public record Choice(int nBestSize, int maxAnswerLength, double nullThreshold) {
    /** Checks the numbers. */
    public Choice {
      require(nBestSize >= 1, "nBestSize", nBestSize, "at least 1");
      require(maxAnswerLength >= 1, "maxAnswerLength", maxAnswerLength, "at least 1");
      require(!Double.isNaN(nullThreshold), "nullThreshold", nullThreshold, "a number");
    }
  }

  /**
   * The original's defaults: joint prediction with a beam of 20, a classifier that reads the start
   * logits at weight 0.5, questions of 64 tokens, stride 128, 20 answers of at most 30 tokens,
   * threshold −2.75.
   */
  public static SpanSettings defaults() {
    return new SpanSettings(
        true,
        20,
        new Answerability(Evidence.START_LOGITS, 0.5),
        new Windows(64, 128),
        new Choice(20, 30, -2.75));
  }

  /** The same choices with another prediction of ends. */
  public SpanSettings withEnds(boolean joint, int newBeamSize) {
    return new SpanSettings(joint, newBeamSize, answerability, windows, choice);
  }

  /** The same choices with another classifier. */
  public SpanSettings withAnswerability(Answerability other) {
    return new SpanSettings(jointPrediction, beamSize, other, windows, choice);
  }

  /** The same choices with other windows. */
  public SpanSettings withWindows(Windows other) {
    return new SpanSettings(jointPrediction, beamSize, answerability, other, choice);
  }

  /** The same choices with another choice of answers. */
  public SpanSettings withChoice(Choice other) {
    return new SpanSettings(jointPrediction, beamSize, answerability, windows, other);
  }

  private static void require(boolean holds, String field, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "SpanSettings.%s is %s; it must be %s".formatted(field, value, range));
    }
  }
}
