package io.github.electra4j.train.graph;

import io.github.electra4j.train.masking.CorruptedBatch;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a pre-training step computes; the arrays are valid only while the reader runs.
 *
 * @param batch what was computed
 * @param loss {@code generatorWeight · generatorLoss + discriminatorWeight · discriminatorLoss},
 *     the latter that of the discriminator or of the encoder that restores tokens
 * @param generatorLoss masked-LM loss, or the cloze loss of two towers, or the constant of a
 *     uniform generator
 * @param slotLogits the generator's logits at the slots
 * @param samples what the generator drew, [batch, slots]
 * @param detection what the discriminator made of it, if there is one
 * @param restoration what the encoder that restores tokens made of it, if there is one
 * @param gradients of the loss by the name of the weight, of the weight's shape; empty in
 *     evaluation
 * @param lookedUp for a word table to which nothing but lookups contributes: the gradient of the
 *     rows that were looked up, [tokens, embedding], by the name of the table
 */
public record PretrainOutcome(
    MaskedBatch batch,
    double loss,
    double generatorLoss,
    SlotLogits slotLogits,
    int[][] samples,
    Optional<Detection> detection,
    Optional<Restoration> restoration,
    Map<String, INDArray> gradients,
    Map<String, INDArray> lookedUp) {

  /**
   * The discriminator's part.
   *
   * @param corrupted what it read and should have answered
   * @param judged 1 where a token takes part in the loss, else 0: all but padding, or the chosen
   *     positions alone, [batch, seq]
   * @param loss of replaced-token detection
   * @param logits above 0 where it takes a token for replaced, [batch, seq]
   */
  public record Detection(
      CorruptedBatch corrupted, int[][] judged, double loss, double[][] logits) {}

  /**
   * The part of the encoder that restores tokens.
   *
   * @param corrupted what it read
   * @param loss of its predictions
   * @param logits at the slots
   * @param copyLogits above 0 where it would rather copy the token it reads, [batch, seq]; empty
   *     where it cannot copy
   */
  public record Restoration(
      CorruptedBatch corrupted, double loss, SlotLogits logits, Optional<double[][]> copyLogits) {

    /**
     * The log-probabilities that are predicted at a slot.
     *
     * @param position of the slot in its row
     * @param into of {@link SlotLogits#vocab} elements
     */
    public void logProbabilities(int row, int slot, int position, double[] into) {
      logits.read(row, slot, into);
      double logSum = SlotLogits.logSum(into);
      for (int id = 0; id < into.length; id++) {
        into[id] -= logSum;
      }
      if (copyLogits.isPresent()) {
        double copy = copyLogits.get()[row][position];
        double logOther = -Math.max(copy, 0) - Math.log1p(Math.exp(-Math.abs(copy)));
        for (int id = 0; id < into.length; id++) {
          into[id] += logOther;
        }
        int read = corrupted.tokens().inputIds()[row][position];
        into[read] = Math.log(Math.exp(into[read]) + Math.exp(copy + logOther));
      }
    }
  }

  /**
   * The arrays over which TensorFlow takes the global norm: where nothing but lookups contributes
   * to a word table, its gradient is a list of rows, in which a word that occurs twice occurs
   * twice.
   */
  public List<INDArray> normTerms() {
    List<INDArray> terms = new ArrayList<>();
    gradients.forEach((name, gradient) -> terms.add(lookedUp.getOrDefault(name, gradient)));
    return terms;
  }
}
