package io.github.electra4j.train.inference;

import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.answer.Answer;
import io.github.electra4j.train.answer.AnswerStream;
import io.github.electra4j.train.answer.Question;
import io.github.electra4j.train.answer.QuestionFeaturizer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Answers to questions as parts of texts. Made by {@link Electra#questionAnswering}. */
public final class QuestionAnswerer implements AutoCloseable {
  private static final int MAX_WINDOW = 384;

  private final TaskHead.SpanAnswer head;
  private final FineTunedModel model;
  private final AnswerStream stream;

  QuestionAnswerer(LoadedModel loaded, TaskHead.SpanAnswer head) {
    this.head = head;
    this.model = FineTunedModel.of(loaded.checkpoint(), head);
    int window = Math.min(MAX_WINDOW, loaded.maxTokens());
    QuestionFeaturizer featurizer =
        new QuestionFeaturizer(loaded.tokenizer(), fitted(head, window), window);
    this.stream = new AnswerStream(model, featurizer, LoadedModel.BATCH_SIZE);
  }

  /** Questions are cut to half of the window where the head was made for longer ones. */
  private static TaskHead.SpanAnswer fitted(TaskHead.SpanAnswer head, int window) {
    SpanSettings.Windows windows = head.settings().windows();
    int query = Math.max(1, Math.min(windows.maxQueryLength(), window / 2 - 2));
    int stride = Math.min(windows.docStride(), Math.max(1, (window - query) / 2));
    return new TaskHead.SpanAnswer(
        head.task(),
        head.nullAnswers(),
        head.settings().withWindows(new SpanSettings.Windows(query, stride)));
  }

  /**
   * The best part of a text that answers a question, with its UTF-16 offsets; empty if there is
   * none, or if the head thinks that there is no answer.
   */
  public Optional<Answer.Span> find(String question, String text) {
    return chosen(answer(question, text));
  }

  /** What {@link #find} makes of an answer. */
  public Optional<Answer.Span> chosen(Answer answer) {
    double threshold = head.settings().choice().nullThreshold();
    return answer.isUnanswerable(threshold) ? Optional.empty() : answer.best().stream().findFirst();
  }

  /** All that is known about the answer to a question: the best parts of the text and null odds. */
  public Answer answer(String question, String text) {
    AtomicReference<Answer> only = new AtomicReference<>();
    answers(List.of(Question.of(0, "", question, text)).iterator(), only::set);
    return only.get();
  }

  /** Answers any number of questions, in order, in constant memory. */
  public void answers(Iterator<Question> questions, Consumer<Answer> answers) {
    stream.answer(questions, answers);
  }

  @Override
  public void close() {
    model.close();
  }
}
