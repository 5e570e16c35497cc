package io.github.electra4j.eval.dataset;

/** What becomes of a question whose known answer is not where the file says it is. */
public enum AnswerCheck {
  /** Nothing is checked: for predicting and scoring, where the place of an answer is not used. */
  NONE,
  /** The question is left out and counted, as the original does when it trains. */
  SKIP,
  /** The file is refused. */
  REFUSE
}
