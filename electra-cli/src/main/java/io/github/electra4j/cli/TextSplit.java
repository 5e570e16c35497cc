package io.github.electra4j.cli;

import io.github.electra4j.eval.Prediction;
import io.github.electra4j.eval.Scoring;
import io.github.electra4j.eval.dataset.ClassBalance;
import io.github.electra4j.eval.dataset.ClassTarget;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.statistics.DegenerateRun;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.Featurizer;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TextExample;
import io.github.electra4j.train.task.UnorderedPairs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A split of texts or pairs with a class or a score each.
 *
 * @param split as it was read
 * @param head classification or regression
 * @param doubled whether every pair is learnt in both orders
 */
record TextSplit(GlueSplit split, TaskHead head, boolean doubled) implements TaskSplit {
  @Override
  public String name() {
    return split.name();
  }

  @Override
  public Path file() {
    return split.file();
  }

  @Override
  public int size() {
    return split.examples().size();
  }

  @Override
  public boolean partial() {
    return split.partial();
  }

  @Override
  public TaskSplit first(int most) {
    return size() <= most
        ? this
        : new TextSplit(
            new GlueSplit(
                split.task(),
                split.name(),
                split.file(),
                split.labelled(),
                true,
                split.examples().subList(0, most),
                split.skippedLines()),
            head,
            doubled);
  }

  @Override
  public boolean labelled() {
    return split.labelled();
  }

  @Override
  public List<TaskExample> newFeatures(Reading reading) {
    List<TextExample> texts = doubled ? UnorderedPairs.doubled(split.examples()) : split.examples();
    return new Featurizer(reading.tokenizer(), head, reading.maxSeqLength()).examples(texts);
  }

  @Override
  public String form() {
    return doubled ? "both orders" : "texts";
  }

  @Override
  public SplitScore score(FineTunedModel model, Reading reading, ScoreListener listener)
      throws IOException {
    TextSplit once = new TextSplit(split, head, false);
    float[][] outputs =
        model.outputs(once.features(reading), reading.batchSize(), listener::onProgress);
    List<String> answers = new ArrayList<>();
    for (Prediction each : Prediction.all(split.task(), split.examples(), outputs)) {
      String gold = split.examples().get(answers.size()).label();
      answers.add(each.answer());
      listener.onAnswer(new ScoreListener.Sample(Long.toString(each.id()), gold, each.answer()));
    }
    return new SplitScore(
        Scoring.score(split, outputs), DegenerateRun.sameAnswer(labels(), answers));
  }

  private List<String> labels() {
    return split.examples().stream().map(TextExample::label).toList();
  }

  @Override
  public List<String> remarks() {
    if (!(split.task().target() instanceof ClassTarget)) {
      return List.of();
    }
    ClassBalance balance = ClassBalance.of(labels());
    return balance.isImbalanced() ? List.of(balance.toText()) : List.of();
  }
}
