package io.github.electra4j.eval.dataset;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A score from 0 to {@code highest}; a model answers it divided by {@code highest}.
 *
 * @param highest the best score, above 0; 5 in STS-B
 */
public record ScoreTarget(double highest) implements Target {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  /** About as many as a float output has. */
  private static final int ANSWER_DECIMALS = 5;

  /** Checks that the scale has a length. */
  public ScoreTarget {
    if (!(highest > 0) || Double.isInfinite(highest)) {
      throw new IllegalArgumentException(
          "ScoreTarget.highest is %s; give a finite number above 0.".formatted(highest));
    }
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public Optional<String> fault(String label) {
    if (!DECIMAL.matcher(label).matches()) {
      return Optional.of(
          "the score is \"%s\", wanted a number from 0 to %s"
              .formatted(Quoted.shortened(label), highest));
    }
    double score = Double.parseDouble(label);
    return score >= 0 && score <= highest
        ? Optional.empty()
        : Optional.of(
            "the score is %s, wanted a number from 0 to %s"
                .formatted(Quoted.shortened(label), highest));
  }

  @Override
  public double value(String label) {
    fault(label)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault + ".");
            });
    return Double.parseDouble(label) / highest;
  }

  @Override
  public String placeholder() {
    return "0.0";
  }

  @Override
  public double predicted(float[] outputs) {
    return outputs[0];
  }

  @Override
  public double loss(double value, float[] outputs) {
    return (value - outputs[0]) * (value - outputs[0]);
  }

  @Override
  public String answer(float[] outputs) {
    return BigDecimal.valueOf(score(outputs))
        .setScale(ANSWER_DECIMALS, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /**
   * The score on the task's own scale, clipped to it. Example: with {@code highest} 5, the output
   * 0.9 is the score 4.5 and the output 1.1 the score 5.
   *
   * @param outputs one number on the scale of [0, 1]
   */
  public double score(float[] outputs) {
    return Math.max(0, Math.min(highest, outputs[0] * highest));
  }
}
