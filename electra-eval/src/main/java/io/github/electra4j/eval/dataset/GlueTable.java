package io.github.electra4j.eval.dataset;

import io.github.electra4j.eval.metric.Accuracy;
import io.github.electra4j.eval.metric.F1;
import io.github.electra4j.eval.metric.MatthewsCorrelation;
import io.github.electra4j.eval.metric.MeanSquaredError;
import io.github.electra4j.eval.metric.Metric;
import io.github.electra4j.eval.metric.Pearson;
import io.github.electra4j.eval.metric.Spearman;
import java.util.List;

/**
 * The facts of every task: columns and order of labels as in the original ({@code
 * finetune/classification/classification_tasks.py}), defaults as in its {@code
 * configure_finetuning.py}, metrics as on the GLUE leaderboard. WNLI and the diagnostic set are not
 * in the original.
 */
final class GlueTable {
  /** Enough for the questions with line breaks in QQP's published files, too few to hide damage. */
  private static final int QQP_BROKEN_LINES = 100;

  private static final Target ZERO_ONE = new ClassTarget(List.of("0", "1"));
  private static final Target ENTAILMENT = new ClassTarget(List.of("entailment", "not_entailment"));
  private static final Target THREE_WAY =
      new ClassTarget(List.of("contradiction", "entailment", "neutral"));

  private static final List<Metric> ACCURACY = List.of(new Accuracy());
  private static final List<Metric> ACCURACY_F1 = List.of(new Accuracy(), new F1());
  private static final List<Metric> MATTHEWS = List.of(new MatthewsCorrelation());

  private static final TrainingDefaults USUAL = new TrainingDefaults(3, false);
  private static final TrainingDefaults LONG = new TrainingDefaults(10, false);

  static final List<GlueTask> TASKS =
      List.of(cola(), sst(), mrpc(), sts(), qqp(), mnli(), qnli(), rte(), wnli(), ax());

  private GlueTable() {}

  private static GlueTask cola() {
    Columns labelled = Columns.headless(3).label(1);
    return new GlueTask(
        "cola",
        List.of("CoLA"),
        ZERO_ONE,
        List.of(
            Split.of("train", labelled),
            Split.of("dev", labelled),
            Split.of("test", Columns.headed(1))),
        MATTHEWS,
        USUAL);
  }

  private static GlueTask sst() {
    Columns labelled = Columns.headed(0).label(1);
    return new GlueTask(
        "sst",
        List.of("SST-2", "SST2"),
        ZERO_ONE,
        List.of(
            Split.of("train", labelled),
            Split.of("dev", labelled),
            Split.of("test", Columns.headed(1))),
        ACCURACY,
        USUAL);
  }

  private static GlueTask mrpc() {
    Columns labelled = Columns.headed(3, 4).label(0);
    return new GlueTask(
        "mrpc",
        List.of("MRPC"),
        ZERO_ONE,
        List.of(
            Split.of("train", labelled).or("msr_paraphrase_train.txt", labelled),
            Split.of("dev", labelled),
            Split.of("test", Columns.headed(3, 4)).or("msr_paraphrase_test.txt", labelled)),
        ACCURACY_F1,
        new TrainingDefaults(3, true));
  }

  private static GlueTask sts() {
    Columns labelled = Columns.headed(-3, -2).label(-1);
    return new GlueTask(
        "sts",
        List.of("STS-B", "STSB"),
        new ScoreTarget(5),
        List.of(
            Split.of("train", labelled),
            Split.of("dev", labelled),
            Split.of("test", Columns.headed(-2, -1))),
        List.of(new Spearman(), new Pearson(), new MeanSquaredError()),
        new TrainingDefaults(10, true));
  }

  private static GlueTask qqp() {
    Columns labelled = Columns.headed(3, 4).label(5);
    return new GlueTask(
        "qqp",
        List.of("QQP"),
        ZERO_ONE,
        List.of(
            Split.of("train", labelled).tolerating(QQP_BROKEN_LINES),
            Split.of("dev", labelled).tolerating(QQP_BROKEN_LINES),
            Split.of("test", Columns.headed(1, 2))),
        ACCURACY_F1,
        USUAL);
  }

  private static GlueTask mnli() {
    Columns labelled = Columns.headed(8, 9).label(-1);
    return new GlueTask(
        "mnli",
        List.of("MNLI"),
        THREE_WAY,
        List.of(
            Split.of("train", labelled),
            Split.of("dev_matched", labelled),
            Split.of("dev_mismatched", labelled),
            Split.of("test_matched", Columns.headed(8, 9)),
            Split.of("test_mismatched", Columns.headed(8, 9)),
            Split.of("diagnostic", Columns.headed(1, 2))),
        ACCURACY,
        USUAL);
  }

  private static GlueTask qnli() {
    return inference("qnli", "QNLI", ENTAILMENT, USUAL);
  }

  private static GlueTask rte() {
    return inference("rte", "RTE", ENTAILMENT, LONG);
  }

  private static GlueTask wnli() {
    return inference("wnli", "WNLI", ZERO_ONE, USUAL);
  }

  private static GlueTask inference(
      String name, String folder, Target target, TrainingDefaults training) {
    Columns labelled = Columns.headed(1, 2).label(3);
    return new GlueTask(
        name,
        List.of(folder),
        target,
        List.of(
            Split.of("train", labelled),
            Split.of("dev", labelled),
            Split.of("test", Columns.headed(1, 2))),
        ACCURACY,
        training);
  }

  /** Published without labels and without a training set; answered by a model of {@code mnli}. */
  private static GlueTask ax() {
    Columns unlabelled = Columns.headed(1, 2);
    return new GlueTask(
        "ax",
        List.of("AX", "diagnostic", "MNLI"),
        THREE_WAY,
        List.of(
            new Split("test", List.of(new SplitFile("diagnostic.tsv", unlabelled)), 0)
                .or("AX.tsv", unlabelled)),
        MATTHEWS,
        USUAL);
  }
}
