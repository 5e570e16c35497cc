package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.AnswerCheck;
import io.github.electra4j.eval.dataset.AnsweredQuestion;
import io.github.electra4j.eval.dataset.QuestionReader;
import io.github.electra4j.eval.squad.QuestionTally;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.answer.Answer;
import io.github.electra4j.train.answer.AnswerStream;
import io.github.electra4j.train.answer.Question;
import io.github.electra4j.train.answer.QuestionFeaturizer;
import io.github.electra4j.train.task.TaskExample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Questions about texts in a file. It is read anew for every use, so that memory does not depend on
 * the number of questions, unless they are learnt from.
 *
 * @param head the head for answers
 * @param name of the split
 * @param file SQuAD's or MRQA's
 * @param size questions that are used
 * @param partial whether there are more
 * @param unusable training questions whose answer is not where it says; the original leaves them
 *     out
 */
record QuestionSplit(
    TaskHead.SpanAnswer head, String name, Path file, int size, boolean partial, int unusable)
    implements TaskSplit {

  /**
   * Reads the file once to check it.
   *
   * @param learnt whether answers are needed
   */
  static QuestionSplit open(
      TaskHead.SpanAnswer head, String name, Path file, boolean learnt, int limit)
      throws IOException {
    AnswerCheck check = learnt ? AnswerCheck.SKIP : AnswerCheck.NONE;
    try (QuestionReader questions = QuestionReader.open(file, check)) {
      int size = 0;
      boolean more = false;
      for (AnsweredQuestion next = questions.next(); next != null; next = questions.next()) {
        if (size == limit) {
          more = true;
          break;
        }
        size++;
      }
      if (size == 0) {
        throw MalformedFileException.in(
            file,
            "none of its %,d questions has an answer where it says. Correct the offsets."
                .formatted(questions.skipped()));
      }
      return new QuestionSplit(head, name, file, size, more, questions.skipped());
    }
  }

  @Override
  public TaskSplit first(int most) {
    return size <= most ? this : new QuestionSplit(head, name, file, most, true, unusable);
  }

  @Override
  public List<String> remarks() {
    return unusable == 0
        ? List.of()
        : List.of(
            "%,d questions are left out, because their answers are not where %s says."
                .formatted(unusable, file));
  }

  @Override
  public List<TaskExample> newFeatures(Reading reading) throws IOException {
    List<Question> usable = new ArrayList<>();
    try (QuestionReader questions = QuestionReader.open(file, AnswerCheck.SKIP)) {
      for (int i = 0; i < size; i++) {
        usable.add(questions.next().question());
      }
    }
    return featurizer(reading).trainingExamples(usable);
  }

  @Override
  public String form() {
    return "windows";
  }

  private QuestionFeaturizer featurizer(Reading reading) {
    return WrongUsageException.unlessUsable(
        Map.of("maximum query length", "--max-query-length"),
        () -> new QuestionFeaturizer(reading.tokenizer(), head, reading.maxSeqLength()));
  }

  /** What is done with each answer. */
  interface Consumer {
    void accept(AnsweredQuestion item, Answer answer) throws IOException;
  }

  /** Answers all questions, in the order of the file. */
  void answer(FineTunedModel model, Reading reading, Consumer consumer) throws IOException {
    Deque<AnsweredQuestion> waiting = new ArrayDeque<>();
    try (QuestionReader questions = QuestionReader.open(file, AnswerCheck.NONE)) {
      Iterator<Question> each = new Questions(questions, size, waiting);
      new AnswerStream(model, featurizer(reading), reading.batchSize())
          .answer(
              each,
              answer -> {
                try {
                  consumer.accept(waiting.remove(), answer);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public SplitScore score(FineTunedModel model, Reading reading, ScoreListener listener)
      throws IOException {
    QuestionTally tally =
        head.nullAnswers()
            ? QuestionTally.squad2(OptionalDouble.of(head.settings().choice().nullThreshold()))
            : QuestionTally.squad1();
    answer(
        model,
        reading,
        (item, answer) -> {
          tally.add(item, Optional.of(answer.text()), answer.nullOdds());
          String gold = item.answers().isEmpty() ? "" : item.answers().get(0);
          listener.onAnswer(new ScoreListener.Sample(item.question().key(), gold, answer.text()));
          listener.onProgress(tally.questions());
        });
    return new SplitScore(tally.scores(tally.questions()).officialMetrics(), Optional.empty());
  }

  /** The questions of a file, remembered until they are answered. */
  private static final class Questions implements Iterator<Question> {
    private final QuestionReader file;
    private final Deque<AnsweredQuestion> waiting;
    private int left;

    Questions(QuestionReader file, int count, Deque<AnsweredQuestion> waiting) {
      this.file = file;
      this.left = count;
      this.waiting = waiting;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public Question next() {
      if (left == 0) {
        throw new NoSuchElementException();
      }
      left--;
      try {
        AnsweredQuestion item = file.next();
        if (item == null) {
          throw new NoSuchElementException("The file has become shorter.");
        }
        waiting.add(item);
        return item.question();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
