package io.github.electra4j.eval.submission;

import io.github.electra4j.eval.dataset.GlueTask;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The files that GLUE's server asks for, in the order of its leaderboard. Each has the header
 * {@code index<TAB>prediction} and a row for every example of the test set.
 */
public enum GlueFile {
  COLA("CoLA", "cola", "test", 1063),
  SST_2("SST-2", "sst", "test", 1821),
  MRPC("MRPC", "mrpc", "test", 1725),
  STS_B("STS-B", "sts", "test", 1379),
  QQP("QQP", "qqp", "test", 390_965),
  MNLI_MATCHED("MNLI-m", "mnli", "test_matched", 9796),
  MNLI_MISMATCHED("MNLI-mm", "mnli", "test_mismatched", 9847),
  QNLI("QNLI", "qnli", "test", 5463),
  RTE("RTE", "rte", "test", 3000),
  WNLI("WNLI", "wnli", "test", 146),
  /** The diagnostic set, answered by the model of MNLI. */
  AX("AX", "ax", "test", 1104);

  private static final double HIGHEST_SCORE = 5;

  private final String base;
  private final String task;
  private final String split;
  private final int rows;

  GlueFile(String base, String task, String split, int rows) {
    this.base = base;
    this.task = task;
    this.split = split;
    this.rows = rows;
  }

  /** Name inside the zip, e.g. {@code MNLI-m.tsv}. */
  public String fileName() {
    return base + ".tsv";
  }

  /** The task that it belongs to. */
  public GlueTask task() {
    return GlueTask.named(task);
  }

  /** Name of the split of {@link #task} that is answered. */
  public String split() {
    return split;
  }

  /** How many examples the test set has. */
  public int rows() {
    return rows;
  }

  /**
   * The file called {@code name}, with or without {@code .tsv}, whatever its case.
   *
   * @throws IllegalArgumentException naming the known files, if there is none
   */
  public static GlueFile named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(
            file ->
                (file.base + ".tsv").toLowerCase(Locale.ROOT).equals(wanted)
                    || file.base.toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "GLUE has no file \"%s\"; known: %s."
                        .formatted(
                            name, Arrays.stream(values()).map(GlueFile::fileName).toList())));
  }

  /**
   * The prediction as the server wants it: the word of a class as it is, a score in decimal
   * notation and clipped to [0, 5].
   *
   * @param row for messages, from 0
   * @throws IllegalArgumentException if it is none of the task's classes, or no number
   */
  String cell(int row, String answer) {
    if (!task().isRegression()) {
      if (!task().labels().contains(answer)) {
        throw new IllegalArgumentException(
            "%s, row %d: the prediction is \"%s\", wanted one of %s; use predictions of this task."
                .formatted(fileName(), row, answer, task().labels()));
      }
      return answer;
    }
    double score =
        number(answer)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s, row %d: the prediction is \"%s\", wanted a number from 0 to 5; use predictions of this task."
                            .formatted(fileName(), row, answer)));
    return String.format(Locale.ROOT, "%.3f", Math.max(0, Math.min(HIGHEST_SCORE, score)));
  }

  private static OptionalDouble number(String answer) {
    try {
      double score = Double.parseDouble(answer);
      return Double.isFinite(score) ? OptionalDouble.of(score) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
