package io.github.electra4j.eval.dataset;

import io.github.electra4j.eval.metric.Metric;
import io.github.electra4j.model.json.NearestName;
import java.util.List;
import java.util.Locale;

/**
 * A task of the GLUE benchmark, or one that is kept in the same kind of files. Example: {@code
 * GlueTask.named("SST-2").metrics()} is {@code [Accuracy[]]}.
 *
 * @param name the original's name, in lower case: {@code cola}, {@code sst}, …
 * @param folders names that its folder may have, GLUE's own first; upper and lower case are alike,
 *     and {@link #named} knows the task by each of them
 * @param target what its labels mean
 * @param splits its parts, at least one
 * @param metrics its official metrics, at least one; the first is the one that the original reports
 * @param training what the original does differently when it fine-tunes this task
 */
public record GlueTask(
    String name,
    List<String> folders,
    Target target,
    List<Split> splits,
    List<Metric> metrics,
    TrainingDefaults training) {

  /** Copies the lists. */
  public GlueTask {
    folders = List.copyOf(folders);
    splits = List.copyOf(splits);
    metrics = List.copyOf(metrics);
    if (folders.isEmpty() || splits.isEmpty() || metrics.isEmpty()) {
      throw new IllegalArgumentException(
          "Task %s has %d folders, %d splits and %d metrics; it needs at least one of each."
              .formatted(name, folders.size(), splits.size(), metrics.size()));
    }
  }

  /** All tasks, in the order of the GLUE papers, the diagnostic set last. */
  public static List<GlueTask> all() {
    return GlueTable.TASKS;
  }

  /**
   * The task of that name or folder name, whatever its case: {@code sst}, {@code SST-2}, {@code
   * STS-B}, …
   *
   * @throws IllegalArgumentException naming the known tasks, if there is none
   */
  public static GlueTask named(String name) {
    for (GlueTask task : all()) {
      if (task.isCalled(name)) {
        return task;
      }
    }
    List<String> known = all().stream().map(GlueTask::name).toList();
    throw new IllegalArgumentException(
        "Unknown task \"%s\"; the nearest known one is \"%s\". Known: %s."
            .formatted(
                name,
                NearestName.of(name.toLowerCase(Locale.ROOT), known).orElseThrow(),
                String.join(", ", known)));
  }

  /**
   * The split of that name; where a task has several of a kind, the kind alone means the first:
   * {@code dev} of {@code mnli} is {@code dev_matched}, the only one that the original evaluates.
   *
   * @throws IllegalArgumentException naming the known splits, if there is none
   */
  public Split split(String split) {
    return splits.stream()
        .filter(candidate -> candidate.name().equals(split))
        .findFirst()
        .or(() -> splits.stream().filter(of -> of.name().startsWith(split + "_")).findFirst())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Task %s has no split \"%s\". Known: %s."
                        .formatted(
                            name,
                            split,
                            String.join(", ", splits.stream().map(Split::name).toList()))));
  }

  /** The classes in the order of their indices; empty if the task asks for a score. */
  public List<String> labels() {
    return target instanceof ClassTarget classes ? classes.labels() : List.of();
  }

  /** Whether the task asks for a score instead of a class. */
  public boolean isRegression() {
    return target instanceof ScoreTarget;
  }

  /** The metric that the original reports. */
  public Metric mainMetric() {
    return metrics.get(0);
  }

  /** Whether {@code folder} is one of the names of the task or of its folder. */
  boolean isCalled(String folder) {
    return name.equalsIgnoreCase(folder) || folders.stream().anyMatch(folder::equalsIgnoreCase);
  }
}
