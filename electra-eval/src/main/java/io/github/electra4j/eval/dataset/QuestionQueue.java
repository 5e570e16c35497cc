package io.github.electra4j.eval.dataset;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.answer.Question;
import io.github.electra4j.train.answer.QuestionFeaturizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Questions of one paragraph, checked and numbered. */
final class QuestionQueue {
  private final AnswerCheck check;
  private final Deque<AnsweredQuestion> waiting = new ArrayDeque<>();
  private final IdSet ids = new IdSet();
  private long numbered;
  private int skipped;

  QuestionQueue(AnswerCheck check) {
    this.check = check;
  }

  /**
   * Adds a question.
   *
   * @param key its id
   * @param known the answer to learn
   */
  void add(
      Paragraph from,
      String key,
      String text,
      Optional<Question.KnownAnswer> known,
      List<String> answers)
      throws MalformedFileException {
    if (key.isBlank()) {
      throw from.malformed("the id of a question is empty. Give every question one of its own.");
    }
    if (!ids.add(key)) {
      throw from.malformed(
          "the id \"%s\" occurs a second time. Give every question an id of its own."
              .formatted(Quoted.shortened(key)));
    }
    if (text.isBlank()) {
      throw from.malformed(
          "question %s has no text. Write one, or remove it.".formatted(Quoted.shortened(key)));
    }
    Question question = new Question(numbered, key, text, from.context(), known);
    if (check != AnswerCheck.NONE && known.isPresent()) {
      Optional<String> problem = QuestionFeaturizer.problem(question);
      if (problem.isPresent() && check == AnswerCheck.REFUSE) {
        throw from.malformed(
            "%s. Correct it (offsets count code points), or have such questions skipped."
                .formatted(problem.get()));
      }
      if (problem.isPresent()) {
        skipped++;
        return;
      }
    }
    numbered++;
    waiting.add(new AnsweredQuestion(question, answers));
  }

  /** The next question, null if the paragraph is used up. */
  AnsweredQuestion poll() {
    return waiting.poll();
  }

  int skipped() {
    return skipped;
  }

  /** Whether any question was read, skipped or not. */
  boolean hasSeenAny() {
    return numbered + skipped > 0;
  }
}
