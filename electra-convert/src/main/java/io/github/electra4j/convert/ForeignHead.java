package io.github.electra4j.convert;

import io.github.electra4j.convert.huggingface.HeadForm;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.SpanSettings.Answerability;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.json.HuggingFaceConfig;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A fine-tuned head of HuggingFace's: what it decides about, as far as its configuration tells.
 *
 * @param source of the configuration, for messages
 * @param form HuggingFace's class
 * @param config what its configuration says
 * @param task what the task is called here
 */
record ForeignHead(String source, HeadForm form, HuggingFaceConfig config, String task) {
  private static final String NAME = "[A-Za-z0-9_-]+";

  /** Names the task: as the user says, or the configuration, or else after what the head does. */
  static ForeignHead of(String source, HeadForm form, HuggingFaceConfig config, HeadHints hints) {
    Optional<String> given =
        hints
            .name()
            .or(() -> only(hints.given()).map(TaskHead::task))
            .or(() -> only(config.heads()).map(TaskHead::task))
            .or(() -> config.finetuningTask().filter(task -> task.matches(NAME)));
    return new ForeignHead(
        source, form, config, given.orElse(form.name().toLowerCase(Locale.ROOT)));
  }

  private static <T> Optional<T> only(List<T> list) {
    return list.size() == 1 ? Optional.of(list.get(0)) : Optional.empty();
  }

  /**
   * The head of this project that computes the same.
   *
   * @param outputs of the last layer
   * @param layers from the vector of {@code [CLS]} to the outputs
   * @throws MalformedFileException if there is none, naming the reason
   */
  TaskHead head(int outputs, HeadLayers layers) throws MalformedFileException {
    try {
      return switch (form) {
        case SEQUENCES -> ofSequences(outputs, layers);
        case TOKENS -> new TaskHead.Tagging(task, labels(outputs));
        case QUESTIONS -> ofQuestions(outputs);
        case CHOICES -> ofChoices(outputs, layers);
      };
    } catch (IllegalArgumentException e) { // what a head of this project refuses
      throw MalformedFileException.in(source, e.getMessage() + ".", e);
    }
  }

  private TaskHead ofSequences(int outputs, HeadLayers layers) throws MalformedFileException {
    String problem = config.problemType().orElse("");
    if (problem.equals("multi_label_classification")) {
      throw refusal("gives every text any number of labels (problem_type " + problem + ")");
    }
    boolean regression = outputs == 1 || problem.equals("regression");
    if (!regression) {
      return new TaskHead.Classification(task, labels(outputs), layers);
    }
    if (outputs != 1) {
      throw refusal("computes %d numbers for every text (a regression)".formatted(outputs));
    }
    Optional<TaskHead> described = described();
    return described.isPresent() && described.get() instanceof TaskHead.Regression known
        ? new TaskHead.Regression(task, known.minimum(), known.maximum(), layers)
        : new TaskHead.Regression(task, 0, 1, layers); // what is computed is the label itself
  }

  private TaskHead ofQuestions(int outputs) throws MalformedFileException {
    if (outputs != 2) {
      throw refusal(
          "has %d outputs for every token, not one for start and one for end".formatted(outputs));
    }
    Optional<TaskHead> described = described();
    if (described.isPresent() && described.get() instanceof TaskHead.SpanAnswer known) {
      return new TaskHead.SpanAnswer(task, known.nullAnswers(), known.settings());
    }
    SpanSettings defaults = SpanSettings.defaults();
    return new TaskHead.SpanAnswer(
        task,
        false,
        defaults
            .withEnds(false, defaults.beamSize())
            .withAnswerability(Answerability.none())
            .withChoice(new SpanSettings.Choice(20, 30, 0)));
  }

  private TaskHead ofChoices(int outputs, HeadLayers layers) throws MalformedFileException {
    if (outputs != 1) {
      throw refusal("has %d outputs for every candidate, not one".formatted(outputs));
    }
    return new TaskHead.PairRanking(task, layers);
  }

  private Optional<TaskHead> described() {
    return only(config.heads());
  }

  private MalformedFileException refusal(String what) {
    return MalformedFileException.in(
        source,
        "its head %s; this project has no such head. To take the encoder alone, leave the head out with --ignore, e.g. --ignore \"classifier*\"."
            .formatted(what));
  }

  private List<String> labels(int outputs) throws MalformedFileException {
    if (config.labels().isEmpty()) {
      return IntStream.range(0, outputs).mapToObj(i -> "LABEL_" + i).toList();
    }
    if (config.labels().size() != outputs) {
      throw MalformedFileException.in(
          source,
          "id2label has %d label(s), but the head has %d output(s). Correct the configuration."
              .formatted(config.labels().size(), outputs));
    }
    return config.labels();
  }
}
