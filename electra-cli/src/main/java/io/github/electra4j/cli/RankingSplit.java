package io.github.electra4j.cli;

import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.eval.dataset.ChoiceLayout;
import io.github.electra4j.eval.dataset.ChoiceReader;
import io.github.electra4j.eval.dataset.ResponseReader;
import io.github.electra4j.eval.metric.RankingTally;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.BestPositions;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.RankingExample;
import io.github.electra4j.train.task.RankingFeaturizer;
import io.github.electra4j.train.task.TaskExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Texts with candidates, one of which is right: multiple choice, or the next turn of a dialogue.
 *
 * @param head the head for candidates
 * @param name of the split
 * @param file where it was read from
 * @param examples texts with their candidates
 * @param partial whether there are more
 */
record RankingSplit(
    TaskHead.PairRanking head,
    String name,
    Path file,
    List<RankingExample> examples,
    boolean partial)
    implements TaskSplit {
  /** Tasks of this kind. */
  static final List<String> NAMES = List.of("swag", "copa", "response");

  /** The lesson of a training file and a file to be judged by. */
  static Lesson lesson(String task, List<Path> files, int limit) throws IOException {
    TaskHead.PairRanking head = new TaskHead.PairRanking(task);
    return new Lesson(
        open(head, "train", files.get(0), limit),
        open(head, "dev", files.get(1), limit),
        Lesson.USUAL_EPOCHS,
        Lesson.USUAL_LENGTH);
  }

  /** Reads a file in the form that the task's name tells. */
  static RankingSplit open(TaskHead.PairRanking head, String name, Path file, int limit)
      throws IOException {
    List<RankingExample> all = read(head.task(), InputFiles.existing(file));
    boolean partial = all.size() > limit;
    return new RankingSplit(head, name, file, partial ? all.subList(0, limit) : all, partial);
  }

  private static List<RankingExample> read(String task, Path file) throws IOException {
    if (!task.equals("response")) {
      ChoiceLayout layout = task.equals("copa") ? ChoiceLayout.copa() : ChoiceLayout.swag();
      return ChoiceReader.read(file, layout, true);
    }
    List<RankingExample> all = new ArrayList<>();
    try (ResponseReader reader = responses(file)) {
      for (RankingExample next = reader.next(); next != null; next = reader.next()) {
        all.add(next);
      }
    }
    return all;
  }

  private static ResponseReader responses(Path file) throws IOException {
    try {
      return ResponseReader.open(file);
    } catch (IllegalArgumentException e) { // the ending of its name
      throw MalformedFileException.saying(file, e.getMessage());
    }
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public TaskSplit first(int most) {
    return size() <= most
        ? this
        : new RankingSplit(head, name, file, examples.subList(0, most), true);
  }

  @Override
  public List<TaskExample> newFeatures(Reading reading) {
    return new RankingFeaturizer(reading.tokenizer(), head, reading.maxSeqLength())
        .examples(examples);
  }

  @Override
  public String form() {
    return "pairs";
  }

  @Override
  public SplitScore score(FineTunedModel model, Reading reading, ScoreListener listener)
      throws IOException {
    List<HeadOutput> outputs =
        model.answers(features(reading), reading.batchSize(), listener::onProgress);
    RankingTally tally = new RankingTally();
    for (int i = 0; i < outputs.size(); i++) {
      float[] scores = ((HeadOutput.Scores) outputs.get(i)).values();
      double[] doubles = new double[scores.length];
      for (int j = 0; j < scores.length; j++) {
        doubles[j] = scores[j];
      }
      RankingExample example = examples.get(i);
      tally.add(doubles, example.right());
      listener.onAnswer(
          new ScoreListener.Sample(
              Long.toString(example.id()),
              Integer.toString(example.right()),
              Integer.toString(BestPositions.first(scores))));
    }
    return new SplitScore(
        List.of(
            percent("accuracy", tally.accuracy()),
            percent("mrr", tally.meanReciprocalRank()),
            percent("recall_at_2", tally.recallAt(2)),
            percent("recall_at_5", tally.recallAt(5))),
        Optional.empty());
  }

  private static MetricValue percent(String name, double share) {
    return new MetricValue(name, 100 * share, true, true);
  }
}
