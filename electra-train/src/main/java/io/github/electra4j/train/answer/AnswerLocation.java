package io.github.electra4j.train.answer;

import java.util.Locale;
import java.util.Optional;

/** Where the known answer of a question stands, in words of its text. */
final class AnswerLocation {
  private final boolean impossible;
  private final int firstWord;
  private final int lastWord;
  private final Optional<String> problem;

  /**
   * @throws IllegalArgumentException when no answer is known
   */
  AnswerLocation(Question question) {
    Question.KnownAnswer known =
        question
            .known()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Question %s has no known answer to learn".formatted(question.key())));
    this.impossible = known.isImpossible();
    ContextWords words = new ContextWords(question.context());
    int length = known.text().codePointCount(0, known.text().length());
    long end = (long) known.start() + length - 1;
    boolean inside = !impossible && length > 0 && end < words.codePoints();
    this.firstWord = inside ? words.wordAt(known.start()) : -1;
    this.lastWord = inside ? words.wordAt((int) end) : -1;
    if (impossible) {
      this.problem = Optional.empty();
    } else if (firstWord < 0 || lastWord < firstWord) {
      this.problem =
          Optional.of(
              "question %s: the answer \"%s\" at character %d is not inside the text of %d characters"
                  .formatted(question.key(), known.text(), known.start(), words.codePoints()));
    } else {
      this.problem = mismatch(question.key(), known, words.joined(firstWord, lastWord));
    }
  }

  private static Optional<String> mismatch(String key, Question.KnownAnswer known, String actual) {
    String wanted = String.join(" ", PythonText.split(known.text()));
    if (actual.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    return Optional.of(
        "question %s: at character %d the text says \"%s\", not the answer \"%s\""
            .formatted(key, known.start(), actual, known.text()));
  }

  boolean isImpossible() {
    return impossible;
  }

  int firstWord() {
    return firstWord;
  }

  int lastWord() {
    return lastWord;
  }

  Optional<String> problem() {
    return problem;
  }
}
