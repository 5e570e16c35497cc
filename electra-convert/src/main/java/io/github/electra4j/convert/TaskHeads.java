package io.github.electra4j.convert;

import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fine-tuned heads of which a file holds the numbers but neither labels nor range. */
final class TaskHeads {
  /** Any width shows whether two heads have the same layers. */
  private static final int WIDTH = 64;

  private final String source;
  private final List<TaskHead> described;
  private final HeadHints hints;
  private final List<String> notes;

  private TaskHeads(String source, List<TaskHead> described, HeadHints hints, List<String> notes) {
    this.source = source;
    this.described = described;
    this.hints = hints;
    this.notes = notes;
  }

  /**
   * The heads with what is known about them: what the user says, else what the source says, else
   * what is usual for a task of that name, else what was assumed.
   *
   * @param found heads as their tensors show them, see {@link TaskTensors#heads}
   * @param described heads as the source itself describes them
   * @param notes receives what was assumed
   * @throws MalformedFileException if a head that the user gave is not in the file or has another
   *     number of outputs
   */
  static List<TaskHead> of(
      String source,
      List<TaskHead> found,
      List<TaskHead> described,
      HeadHints hints,
      List<String> notes)
      throws MalformedFileException {
    TaskHeads heads = new TaskHeads(source, described, hints, notes);
    for (TaskHead given : hints.given()) {
      heads.require(given, named(found, given.task()));
    }
    List<TaskHead> known = new ArrayList<>();
    for (TaskHead each : found) {
      known.add(heads.known(each));
    }
    return known;
  }

  private static Optional<TaskHead> named(List<TaskHead> heads, String task) {
    return heads.stream().filter(head -> head.task().equals(task)).findFirst();
  }

  private void require(TaskHead given, Optional<TaskHead> found) throws MalformedFileException {
    if (found.isEmpty()) {
      throw MalformedFileException.in(
          source,
          "there is no head for the task %s that can be taken over. Correct the task's name."
              .formatted(given.task()));
    }
    if (!fits(withLayersOf(found.get(), given), found.get())) {
      throw MalformedFileException.in(
          source,
          "the head for the task %s has %d output(s), but %d were given: %s. Correct the labels."
              .formatted(given.task(), found.get().outputs(), given.outputs(), given));
    }
  }

  private TaskHead known(TaskHead found) {
    Optional<TaskHead> given = fitting(hints.given(), found);
    if (given.isPresent()) {
      return given.get();
    }
    Optional<TaskHead> said = fitting(described, found);
    if (said.isPresent()) {
      return said.get();
    }
    Optional<TaskHead> usual = fitting(hints.usual(), found);
    if (usual.isPresent()) {
      notes.add("What is usual for a task of that name was taken: %s.".formatted(usual.get()));
      return usual.get();
    }
    notes.add(found.match(new Assumption()));
    return found;
  }

  private static Optional<TaskHead> fitting(List<TaskHead> known, TaskHead found) {
    return named(known, found.task())
        .map(head -> withLayersOf(found, head))
        .filter(head -> fits(head, found));
  }

  private static boolean fits(TaskHead head, TaskHead found) {
    return TensorLayout.taskHead(head, WIDTH).equals(TensorLayout.taskHead(found, WIDTH));
  }

  /** Who knows labels or a range need not know how many layers there are. */
  private static TaskHead withLayersOf(TaskHead found, TaskHead known) {
    HeadLayers layers = HeadLayers.ONE;
    if (found instanceof TaskHead.Classification classification) {
      layers = classification.layers();
    } else if (found instanceof TaskHead.Regression regression) {
      layers = regression.layers();
    }
    return known.match(new Layered(layers));
  }

  /** The same head with other layers. */
  private record Layered(HeadLayers layers) implements TaskHead.Cases<TaskHead> {
    @Override
    public TaskHead classification(TaskHead.Classification head) {
      return new TaskHead.Classification(head.task(), head.labels(), layers);
    }

    @Override
    public TaskHead regression(TaskHead.Regression head) {
      return new TaskHead.Regression(head.task(), head.minimum(), head.maximum(), layers);
    }

    @Override
    public TaskHead tagging(TaskHead.Tagging head) {
      return head;
    }

    @Override
    public TaskHead spanAnswer(TaskHead.SpanAnswer head) {
      return head;
    }

    @Override
    public TaskHead pairRanking(TaskHead.PairRanking head) {
      return new TaskHead.PairRanking(head.task(), layers);
    }

    @Override
    public TaskHead intentAndSlots(TaskHead.IntentAndSlots head) {
      return head;
    }
  }

  /** What was assumed about a head, in a full sentence. */
  private static final class Assumption implements TaskHead.Cases<String> {
    @Override
    public String classification(TaskHead.Classification head) {
      return "The labels of task %s are not in the file; they were called 0 to %d. That it classifies whole texts is assumed, too."
          .formatted(head.task(), head.outputs() - 1);
    }

    @Override
    public String regression(TaskHead.Regression head) {
      return "The head of task %s has one output, so it was taken as a regression; the range of its labels is not in the file, 0 to 1 was taken."
          .formatted(head.task());
    }

    @Override
    public String tagging(TaskHead.Tagging head) {
      throw new AssertionError("tensors do not tell tags from labels");
    }

    @Override
    public String spanAnswer(TaskHead.SpanAnswer head) {
      return "The head of task %s answers questions%s; how texts are cut and answers are chosen is not in the file, the original's defaults were taken."
          .formatted(head.task(), head.nullAnswers() ? ", some of which have no answer" : "");
    }

    @Override
    public String pairRanking(TaskHead.PairRanking head) {
      throw new AssertionError("tensors do not tell a ranking from a regression");
    }

    @Override
    public String intentAndSlots(TaskHead.IntentAndSlots head) {
      return "The head of task %s has %d outputs for a text and %d for its words, so it was taken as one for intent and slots; their names are not in the file, numbers were taken."
          .formatted(head.task(), head.intents().size(), head.slots().size());
    }
  }
}
