package io.github.electra4j.eval.dataset;

import io.github.electra4j.train.answer.Question;
import java.util.List;
import java.util.Objects;

/**
 * A question of a data set with its right answers.
 *
 * @param question what is asked; its known answer is the first of the file's, as in the original
 * @param answers all right answers; empty if the text has none or if they are not published
 */
public record AnsweredQuestion(Question question, List<String> answers) {
  /** Copies the list. */
  public AnsweredQuestion {
    Objects.requireNonNull(question, "AnsweredQuestion.question is null.");
    answers = List.copyOf(answers);
  }
}
