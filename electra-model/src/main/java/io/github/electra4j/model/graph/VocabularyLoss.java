package io.github.electra4j.model.graph;

import io.github.electra4j.model.op.CrossEntropy;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Softmax cross-entropy over the vocabulary, a loss per row. */
public final class VocabularyLoss {
  private VocabularyLoss() {}

  /**
   * {@code −log softmax(logits)} at the targets.
   *
   * @param logits [rows, vocab]
   * @param targets INT [rows], {@code row · vocab + id} of the right id of each row
   * @return [rows, 1]
   */
  public static SDVariable build(Scope scope, SDVariable logits, SDVariable targets) {
    if (scope.isFused(logits)) {
      return CrossEntropy.build(logits, targets);
    }
    SameDiff sd = scope.sd();
    SDVariable flat = sd.nn().logSoftmax(logits).reshape(-1, 1); // [rows · vocab, 1]
    return RowSelection.build(logits.name() + "/right_log_probabilities", flat, targets)
        .neg(); // [rows, 1]
  }
}
