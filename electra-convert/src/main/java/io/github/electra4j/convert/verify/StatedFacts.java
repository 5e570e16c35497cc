package io.github.electra4j.convert.verify;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.VocabularyHead;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What two models say about themselves and no output shows: which networks and heads there are,
 * what the outputs of a head mean, and how text is read. Left out is what only training reads, and
 * how answers are searched among the logits of question answering.
 */
final class StatedFacts {
  private final List<String> problems;

  /**
   * @param problems receives a full sentence for each difference
   */
  StatedFacts(List<String> problems) {
    this.problems = problems;
  }

  void compare(Checkpoint first, Checkpoint second) {
    compareNetworks(first.config(), second.config());
    requireSame("fine-tuned heads", tasks(first), tasks(second));
    for (TaskHead head : first.heads()) {
      second.head(head.task()).ifPresent(other -> compareHeads(head, other));
    }
    compareText(first.text(), second.text());
  }

  private void compareNetworks(ElectraConfig left, ElectraConfig right) {
    requireSame("vocabulary size", left.vocabSize(), right.vocabSize());
    requireSame("number of positions", left.maxPositions(), right.maxPositions());
    requireSame("replaced-token head", left.discriminatorHead(), right.discriminatorHead());
    requireSame("vocabulary head", name(left.vocabularyHead()), name(right.vocabularyHead()));
    requireSame("generator", left.generator().isPresent(), right.generator().isPresent());
  }

  private static String name(Optional<VocabularyHead> head) {
    return head.map(VocabularyHead::name).orElse("none");
  }

  private static List<String> tasks(Checkpoint checkpoint) {
    return checkpoint.heads().stream().map(TaskHead::task).sorted().toList();
  }

  private void compareHeads(TaskHead left, TaskHead right) {
    requireSame("head for the task " + left.task(), meaning(left), meaning(right));
  }

  private void compareText(Optional<TextSettings> left, Optional<TextSettings> right) {
    if (left.isPresent() != right.isPresent()) {
      problems.add(
          "The %s model has no vocabulary, the other has one."
              .formatted(left.isEmpty() ? "first" : "second"));
    }
    if (left.isEmpty() || right.isEmpty()) {
      return;
    }
    if (!Arrays.equals(pieces(left.get()), pieces(right.get()))) {
      problems.add(
          "The models differ in the pieces of their vocabularies, of which there are %d and %d."
              .formatted(left.get().pieces(), right.get().pieces()));
    }
    requireSame("lower-casing of text", left.get().lowerCase(), right.get().lowerCase());
    requireSame("removal of accents", strips(left.get()), strips(right.get()));
  }

  /** The vocabulary without the line break at its end, which means nothing. */
  private static byte[] pieces(TextSettings text) {
    byte[] bytes = text.vocabulary();
    boolean open = bytes.length == 0 || bytes[bytes.length - 1] != '\n';
    return open ? bytes : Arrays.copyOf(bytes, bytes.length - 1);
  }

  private static boolean strips(TextSettings text) {
    return text.stripAccents().orElse(text.lowerCase());
  }

  private void requireSame(String what, Object left, Object right) {
    if (!Objects.equals(left, right)) {
      problems.add("The models differ in their %s: %s and %s.".formatted(what, left, right));
    }
  }

  private static String meaning(TaskHead head) {
    return head.match(new Meaning());
  }

  /** What a head decides, in words. */
  private static final class Meaning implements TaskHead.Cases<String> {
    @Override
    public String classification(TaskHead.Classification head) {
      return "classification into %s, layers %s".formatted(head.labels(), head.layers());
    }

    @Override
    public String regression(TaskHead.Regression head) {
      return "regression from %s to %s, layers %s"
          .formatted(head.minimum(), head.maximum(), head.layers());
    }

    @Override
    public String tagging(TaskHead.Tagging head) {
      return "tagging with %s".formatted(head.labels());
    }

    @Override
    public String spanAnswer(TaskHead.SpanAnswer head) {
      return "question answering, %s, classifier for questions without an answer %s"
          .formatted(
              head.settings().jointPrediction()
                  ? "ends follow from starts"
                  : "ends independent of starts",
              head.settings().answerability().evidence());
    }

    @Override
    public String pairRanking(TaskHead.PairRanking head) {
      return "ranking of candidates, layers %s".formatted(head.layers());
    }

    @Override
    public String intentAndSlots(TaskHead.IntentAndSlots head) {
      return "intents %s and slots %s".formatted(head.intents(), head.slots());
    }
  }
}
