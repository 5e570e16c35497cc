package io.github.electra4j.cli;

import io.github.electra4j.eval.Prediction;
import io.github.electra4j.eval.dataset.ClassTarget;
import io.github.electra4j.eval.dataset.ScoreTarget;
import io.github.electra4j.eval.dataset.Target;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.Featurizer;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** A fine-tuned model from text to answers. */
final class Answers {
  private final String task;
  private final Target target;
  private final Featurizer featurizer;
  private final FineTunedModel model;
  private long texts;
  private long cut;

  Answers(TaskHead head, Featurizer featurizer, FineTunedModel model) {
    this.task = head.task();
    this.target = target(head);
    this.featurizer = featurizer;
    this.model = model;
  }

  private static Target target(TaskHead head) {
    return head instanceof TaskHead.Regression regression
        ? new ScoreTarget(regression.maximum())
        : new ClassTarget(((TaskHead.Classification) head).labels());
  }

  /** The answer of a model with one head to one sentence. */
  static String single(ModelSource source, String text) throws IOException {
    TaskHead head = Tasks.head(source.checkpoint(), Optional.empty(), source.path());
    int length = Math.min(128, source.checkpoint().config().maxPositions());
    Featurizer featurizer = new Featurizer(source.tokenizer(), head, length);
    try (FineTunedModel model = FineTunedModel.of(source.checkpoint(), head)) {
      Answers answers = new Answers(head, featurizer, model);
      TextExample example = new TextExample(0, text, "", answers.anyLabel());
      return answers.of(List.of(example), 1, done -> {}).get(0).answer();
    }
  }

  /** A label that the featurizer accepts, for texts without one. */
  String anyLabel() {
    return target.placeholder();
  }

  /** The outputs of the model, {@code [examples][outputs]}. */
  float[][] outputs(List<TextExample> examples, int batchSize, IntConsumer progress) {
    texts += examples.size();
    cut += examples.parallelStream().filter(featurizer::cuts).count();
    return model.outputs(featurizer.examples(examples), batchSize, progress);
  }

  /**
   * What was not read of the texts so far, if anything.
   *
   * @param reading how they were read
   * @param most tokens that the model can read
   */
  Optional<String> remark(Reading reading, int most) {
    if (cut == 0) {
      return Optional.empty();
    }
    boolean all = reading.maxSeqLength() >= most;
    return Optional.of(
        "%,d of %,d texts are longer than %d tokens and were cut there, as in training; %s."
            .formatted(
                cut,
                texts,
                reading.maxSeqLength(),
                all ? "the model reads no more" : "--max-seq-length reads more"));
  }

  /** The answers, in the order of the examples. */
  List<Prediction> of(List<TextExample> examples, int batchSize, IntConsumer progress) {
    return Prediction.all(task, target, examples, outputs(examples, batchSize, progress));
  }
}
