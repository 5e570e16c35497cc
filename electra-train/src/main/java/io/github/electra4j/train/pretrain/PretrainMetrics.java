package io.github.electra4j.train.pretrain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How good a model is on held-out text, by the original's measures (pretrain/pretrain_helpers.py
 * and run_pretraining.py), without dropout.
 *
 * @param examples held-out examples
 * @param loss weighted sum of both losses, mean over batches
 * @param maskedAccuracy share of the masked positions at which the generator's likeliest token is
 *     the original one
 * @param maskedLoss negative log-likelihood of the original token, mean over masked positions
 * @param unigramLoss the same of a model that uses no context: it knows how frequent the tokens of
 *     the text are that was learnt from, and repeats the chosen ones that it reads unmasked. While
 *     {@code maskedLoss} is not below it, the model has learnt frequencies alone
 * @param sampledAccuracy share of the masked positions at which the drawn token is the original
 * @param detectionLoss mean over examples of their mean loss per token; 0 without a discriminator
 * @param auc probability that a replaced token gets a higher score than an original one, ties
 *     counting half; padding does not take part, which in the original inflates the value. 0
 *     without a discriminator
 * @param detection what the discriminator got right
 * @param restoration how well the encoder restores tokens itself, if the objective has it do so
 */
public record PretrainMetrics(
    int examples,
    double loss,
    double maskedAccuracy,
    double maskedLoss,
    double unigramLoss,
    double sampledAccuracy,
    double detectionLoss,
    double auc,
    DetectionCounts detection,
    Optional<Restoration> restoration) {

  /**
   * How well the encoder predicts the original tokens at the masked positions, where it reads the
   * generator's.
   *
   * @param accuracy share of the positions at which its likeliest token is the original one
   * @param loss negative log-likelihood of the original token, mean over the positions
   */
  public record Restoration(double accuracy, double loss) {}

  /** The values under the names that the original prints, and {@code unigram_loss}. */
  public Map<String, Double> byName() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", loss);
    values.put("masked_lm_accuracy", maskedAccuracy);
    values.put("masked_lm_loss", maskedLoss);
    restoration.ifPresent(
        part -> {
          values.put("restored_accuracy", part.accuracy());
          values.put("restored_loss", part.loss());
        });
    if (detection.tokens() > 0) {
      values.put("sampled_masked_lm_accuracy", sampledAccuracy);
      values.put("disc_loss", detectionLoss);
      values.put("disc_auc", auc);
      values.put("disc_accuracy", detection.accuracy());
      values.put("disc_precision", detection.precision());
      values.put("disc_recall", detection.recall());
    }
    values.put("unigram_loss", unigramLoss);
    return values;
  }
}
