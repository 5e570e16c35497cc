package io.github.electra4j.train.answer;

import java.util.Objects;
import java.util.Optional;

/**
 * A question about a text.
 *
 * @param id running number within its split, at least 0
 * @param key the id that its data set gave it, e.g. {@code 56be4db0acb8001400a502ec}
 * @param text the question
 * @param context the text in which the answer stands
 * @param known the answer to learn; empty if it is to be found
 */
public record Question(
    long id, String key, String text, String context, Optional<KnownAnswer> known) {
  /** Checks that nothing is null. */
  public Question {
    if (id < 0) {
      throw new IllegalArgumentException("Question.id is %d; count from 0".formatted(id));
    }
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(known, "known");
  }

  /** A question without a known answer. */
  public static Question of(long id, String key, String text, String context) {
    return new Question(id, key, text, context, Optional.empty());
  }

  /**
   * An answer to learn.
   *
   * @param text as it stands in the context; empty if the question has no answer
   * @param start of the answer in the context, in code points; −1 if the question has no answer
   */
  public record KnownAnswer(String text, int start) {
    /** The context holds no answer. */
    public static KnownAnswer none() {
      return new KnownAnswer("", -1);
    }

    /** Whether the context holds no answer. */
    public boolean isImpossible() {
      return start < 0;
    }
  }
}
