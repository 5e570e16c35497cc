package io.github.electra4j.model;

/**
 * How the encoder itself predicts tokens, below {@code encoder_predictions/}, in the paper's
 * analysis of where the gains of ELECTRA come from (section 3.4). The head has the shape of the
 * generator's and is tied to the encoder's word table.
 */
public enum VocabularyHead {
  /** A softmax over the vocabulary: <i>replace MLM</i>. */
  PLAIN,
  /**
   * A softmax and, below {@code encoder_predictions/copy}, the probability that the token in the
   * input is the right one: <i>all-tokens MLM</i>.
   */
  COPYING
}
