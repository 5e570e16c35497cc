package io.github.electra4j.train.answer;

import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TaskExample;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Answers any number of questions one after the other. Only the windows of a few batches are in
 * memory at a time, so that the number of questions does not matter.
 */
public final class AnswerStream {
  /** Batches whose windows are sorted by length together. */
  private static final int BATCHES = 8;

  private final FineTunedModel model;
  private final QuestionFeaturizer featurizer;
  private final AnswerDecoder decoder;
  private final int batchSize;

  /**
   * @param model a model with the head of {@code featurizer}
   * @param batchSize windows computed at a time, at least 1
   */
  public AnswerStream(FineTunedModel model, QuestionFeaturizer featurizer, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "Windows cannot be computed %d at a time; choose at least 1".formatted(batchSize));
    }
    this.model = model;
    this.featurizer = featurizer;
    this.decoder = new AnswerDecoder(featurizer.head(), featurizer.tokenizer());
    this.batchSize = batchSize;
  }

  /**
   * Answers all questions, in their order.
   *
   * @param answers told every answer as soon as it is known
   */
  public void answer(Iterator<Question> questions, Consumer<Answer> answers) {
    List<QuestionWindows> pool = new ArrayList<>();
    int windows = 0;
    while (questions.hasNext()) {
      QuestionWindows next = featurizer.windows(questions.next());
      pool.add(next);
      windows += next.windows().size();
      if (windows >= BATCHES * batchSize) {
        flush(pool, answers);
        windows = 0;
      }
    }
    flush(pool, answers);
  }

  private void flush(List<QuestionWindows> pool, Consumer<Answer> answers) {
    List<TaskExample> examples = pool.stream().flatMap(q -> q.examples().stream()).toList();
    List<HeadOutput> outputs = model.answers(examples, batchSize, done -> {});
    int from = 0;
    for (QuestionWindows question : pool) {
      int to = from + question.windows().size();
      answers.accept(decoder.decode(question, outputs.subList(from, to)));
      from = to;
    }
    pool.clear();
  }
}
