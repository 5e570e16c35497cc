package io.github.electra4j.tokenizer;

/** Whether accents are removed, as a choice of its own beside lower-casing. */
public enum StripAccents {
  /** Removed exactly when the text is lower-cased, as BERT's and ELECTRA's vocabularies expect. */
  FOLLOW_LOWER_CASE,
  /** Always removed, also from text whose case is kept. */
  ALWAYS,
  /** Never removed; with lower-casing, {@code É} becomes {@code é}. */
  NEVER
}
