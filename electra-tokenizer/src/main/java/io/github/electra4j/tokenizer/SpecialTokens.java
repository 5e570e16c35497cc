package io.github.electra4j.tokenizer;

/** Names of the special tokens, as they stand in every vocabulary of BERT and ELECTRA. */
final class SpecialTokens {
  static final String PAD = "[PAD]";
  static final String UNK = "[UNK]";
  static final String CLS = "[CLS]";
  static final String SEP = "[SEP]";
  static final String MASK = "[MASK]";

  private SpecialTokens() {}

  /** Whether the piece only structures a sequence and stands for no text. */
  static boolean isStructural(String piece) {
    return piece.equals(PAD) || piece.equals(CLS) || piece.equals(SEP);
  }
}
