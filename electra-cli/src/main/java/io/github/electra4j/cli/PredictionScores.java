package io.github.electra4j.cli;

import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.eval.dataset.ConllLayout;
import io.github.electra4j.eval.dataset.ConllReader;
import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.eval.dataset.Target;
import io.github.electra4j.eval.metric.ChunkScore;
import io.github.electra4j.eval.metric.ChunkTally;
import io.github.electra4j.eval.metric.Metric;
import io.github.electra4j.eval.metric.Squad2Tally;
import io.github.electra4j.eval.metric.TagScheme;
import io.github.electra4j.eval.squad.PredictionFiles;
import io.github.electra4j.eval.squad.QuestionScorer;
import io.github.electra4j.eval.squad.QuestionScores;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.chunk.ChunkDecoding;
import io.github.electra4j.train.task.TaggedSentence;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The official scores of a file of predictions. */
final class PredictionScores {
  private final Path predictions;
  private final Console console;

  PredictionScores(Path predictions, Console console) {
    this.predictions = predictions;
    this.console = console;
  }

  /** Scores answers to questions. */
  List<MetricValue> questions(String task, Path gold, Optional<Path> odds, Double threshold)
      throws IOException {
    InputFiles.existing(gold);
    Map<String, String> answers = PredictionFiles.answers(predictions);
    QuestionScores scores;
    if (task.equals("squad")) {
      Optional<QuestionScorer.NullOdds> known = Optional.empty();
      if (odds.isPresent()) {
        known =
            Optional.of(
                new QuestionScorer.NullOdds(
                    PredictionFiles.nullOdds(odds.get()),
                    threshold == null ? Squad2Tally.USUAL_THRESHOLD : threshold));
      }
      try {
        scores = QuestionScorer.squad2(gold, answers, known);
      } catch (IllegalArgumentException e) { // a question without odds
        throw MalformedFileException.in(odds.orElse(predictions), e.getMessage(), e);
      }
    } else {
      scores =
          task.equals("squadv1")
              ? QuestionScorer.squad1(gold, answers)
              : QuestionScorer.mrqa(gold, answers);
    }
    if (scores.missing() + scores.extra() > 0) {
      console.say(
          "%,d of %,d questions have no prediction; %,d predictions belong to no question."
              .formatted(scores.missing(), scores.questions(), scores.extra()));
    }
    return scores.officialMetrics();
  }

  /** Scores labels of words, by the rules of conlleval. */
  List<MetricValue> tags(String task, Optional<Path> gold) throws IOException {
    List<TaggedSentence> predicted = read(predictions, -1);
    List<TaggedSentence> right = gold.isPresent() ? read(gold.get(), -1) : read(predictions, -2);
    if (predicted.size() != right.size()) {
      throw MalformedFileException.in(
          predictions,
          "it has %,d sentences, the right answers have %,d. Predict every sentence of the same file."
              .formatted(predicted.size(), right.size()));
    }
    ChunkTally tally = new ChunkTally(ChunkDecoding.CONLLEVAL);
    for (int i = 0; i < right.size(); i++) {
      if (right.get(i).tags().size() != predicted.get(i).tags().size()) {
        throw MalformedFileException.in(
            predictions,
            "sentence %d has %d words, the right answers have %d. Predict a label for every word."
                .formatted(i + 1, predicted.get(i).tags().size(), right.get(i).tags().size()));
      }
      tally.add(right.get(i).tags(), predicted.get(i).tags());
    }
    MetricValue accuracy = percent("accuracy", tally.tagAccuracy());
    ChunkScore all = tally.overall();
    return task.equals("pos")
        ? List.of(accuracy)
        : List.of(
            percent("f1", all.f1()),
            percent("precision", all.precision()),
            percent("recall", all.recall()),
            accuracy);
  }

  private static List<TaggedSentence> read(Path file, int column) throws IOException {
    return ConllReader.read(InputFiles.existing(file), new ConllLayout(0, column, TagScheme.PLAIN));
  }

  /** Scores classes or scores of GLUE's texts. */
  List<MetricValue> glue(String name, Path data, String split) throws IOException {
    GlueTask task = WrongUsageException.unlessUsable(() -> GlueTask.named(name));
    Tasks.requireSplit(task, split);
    GlueSplit examples = GlueReader.load(task, data, split, GlueReader.ALL);
    if (!examples.labelled()) {
      throw MalformedFileException.in(
          examples.file(), "it has no labels, so there is nothing to score. Use another --split.");
    }
    Map<String, String> answers = PredictedRows.read(predictions);
    double[] gold = new double[examples.examples().size()];
    double[] predicted = new double[gold.length];
    for (int i = 0; i < gold.length; i++) {
      TextExample example = examples.examples().get(i);
      gold[i] = task.target().value(example.label());
      predicted[i] = value(task.target(), answers.get(Long.toString(example.id())), example.id());
    }
    List<MetricValue> metrics = new ArrayList<>();
    for (Metric metric : task.metrics()) {
      double value = metric.of(gold, predicted);
      metrics.add(
          new MetricValue(
              metric.name(),
              metric.inPercent() ? 100 * value : value,
              metric.inPercent(),
              metric.higherIsBetter()));
    }
    return metrics;
  }

  private double value(Target target, String answer, long id) throws MalformedFileException {
    if (answer == null) {
      throw MalformedFileException.in(
          predictions, "there is no prediction for index %d. Predict every example.".formatted(id));
    }
    Optional<String> fault = target.fault(answer);
    if (fault.isPresent()) {
      throw MalformedFileException.in(
          predictions, "index %d: %s. Correct it.".formatted(id, fault.get()));
    }
    return target.value(answer);
  }

  private static MetricValue percent(String name, double share) {
    return new MetricValue(name, 100 * share, true, true);
  }
}
