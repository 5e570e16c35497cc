package io.github.electra4j.cli;

import io.github.electra4j.convert.HeadHints;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.TaskHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** What a user may have to say about the fine-tuned heads of a foreign checkpoint. */
@OptionGroup(OptionGroup.INPUT)
final class HeadArguments {
  @Option(
      names = "--labels",
      paramLabel = "TASK=A,B",
      showDefaultValue = Visibility.NEVER,
      description = {
        "Labels of a head that classifies texts, in the order of its outputs. May be repeated.",
        "  Default: those of a HuggingFace configuration, of GLUE's task of that name, or numbers"
      })
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--tags",
      paramLabel = "TASK=A,B",
      showDefaultValue = Visibility.NEVER,
      description = {
        "Labels of a head that tags words, in the order of its outputs. May be repeated.",
        "  Default: those of a HuggingFace configuration"
      })
  private Map<String, String> tags = Map.of();

  @Option(
      names = "--range",
      paramLabel = "TASK=MIN,MAX",
      showDefaultValue = Visibility.NEVER,
      description = {
        "Smallest and largest label of a regression. May be repeated.",
        "  Default: those of GLUE's task of that name, otherwise 0 and 1"
      })
  private Map<String, String> ranges = Map.of();

  @Option(
      names = "--head",
      paramLabel = "TASK",
      showDefaultValue = Visibility.NEVER,
      description = {
        "What to call the task of the head in a folder of HuggingFace's, e.g. sst.",
        "  Default: finetuning_task of config.json, otherwise what kind of head it is"
      })
  private String name;

  /** The heads of GLUE's tasks, for a model that was fine-tuned for one of them. */
  static HeadHints usual() {
    return HeadHints.none().withUsual(GlueTask.all().stream().map(Tasks::head).toList());
  }

  /** What is known. */
  HeadHints hints() {
    List<TaskHead> given = new ArrayList<>();
    labels.forEach(
        (task, names) ->
            given.add(
                WrongUsageException.unlessUsable(
                    () -> new TaskHead.Classification(task, split(names)))));
    tags.forEach(
        (task, names) ->
            given.add(
                WrongUsageException.unlessUsable(() -> new TaskHead.Tagging(task, split(names)))));
    ranges.forEach((task, range) -> given.add(regression(task, range)));
    HeadHints usual = usual();
    return new HeadHints(given, usual.usual(), Optional.ofNullable(name));
  }

  private static List<String> split(String names) {
    return Arrays.asList(names.split(",", -1));
  }

  private static TaskHead regression(String task, String range) {
    List<String> ends = split(range);
    if (ends.size() != 2) {
      throw new WrongUsageException(
          "--range %s=%s has %d number(s); give the smallest and the largest label, e.g. sts=0,5."
              .formatted(task, range, ends.size()));
    }
    return WrongUsageException.unlessUsable(
        () -> new TaskHead.Regression(task, number(task, ends.get(0)), number(task, ends.get(1))));
  }

  private static double number(String task, String end) {
    try {
      return Double.parseDouble(end);
    } catch (NumberFormatException e) {
      throw new WrongUsageException("--range %s: \"%s\" is not a number.".formatted(task, end), e);
    }
  }
}
