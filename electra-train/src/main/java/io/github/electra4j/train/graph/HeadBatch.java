package io.github.electra4j.train.graph;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of a batch that one head is for. Without any example of it there is a placeholder of
 * one, whose loss does not count, because a graph cannot compute on nothing.
 *
 * @param <T> kind of the head's targets
 * @param tokens of the whole batch, [sequences, seq]
 * @param allTokens whether vectors of all tokens are computed, or those of {@code [CLS]} alone
 * @param members index of every example in the batch; empty if the one example is a placeholder
 * @param sequences row of {@code tokens} of every example's first sequence
 * @param targets of the examples, at least one
 */
record HeadBatch<T extends TaskTarget>(
    TokenBatch tokens,
    boolean allTokens,
    List<Integer> members,
    List<Integer> sequences,
    List<T> targets) {

  /**
   * Picks the examples of a task.
   *
   * @param filler target of the placeholder
   * @throws IllegalArgumentException when a target is of another kind than the head's
   */
  static <T extends TaskTarget> HeadBatch<T> of(
      LabelledBatch batch, boolean allTokens, TaskHead head, T filler) {
    List<Integer> members = new ArrayList<>();
    List<Integer> sequences = new ArrayList<>();
    List<T> targets = new ArrayList<>();
    int sequence = 0;
    for (int i = 0; i < batch.examples(); i++) {
      TaskTarget target = batch.targets().get(i);
      if (batch.tasks().get(i).equals(head.task())) {
        members.add(i);
        sequences.add(sequence);
        targets.add(ofKind(head, filler, target));
      }
      sequence += target.sequences();
    }
    return members.isEmpty()
        ? new HeadBatch<>(batch.tokens(), allTokens, List.of(), List.of(0), List.of(filler))
        : new HeadBatch<>(batch.tokens(), allTokens, members, sequences, targets);
  }

  @SuppressWarnings("unchecked") // compared with the class of the filler, which is a T
  private static <T extends TaskTarget> T ofKind(TaskHead head, T filler, TaskTarget target) {
    if (target.getClass() != filler.getClass()) {
      throw new IllegalArgumentException(
          "An example of task %s has the target %s; its head %s needs one of the kind %s"
              .formatted(
                  head.task(),
                  target,
                  head.getClass().getSimpleName(),
                  filler.getClass().getSimpleName()));
    }
    return (T) target;
  }

  /**
   * Requires that there is a head for every example.
   *
   * @throws IllegalArgumentException naming the tasks without one
   */
  static void requireHeads(LabelledBatch batch, List<TaskHead> heads) {
    Set<String> missing = new TreeSet<>(batch.tasks());
    heads.forEach(head -> missing.remove(head.task()));
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "The batch has examples of the tasks %s, for which the model has no head; it has heads for %s"
              .formatted(missing, heads.stream().map(TaskHead::task).toList()));
    }
  }

  /** Number of examples, the placeholder included. */
  int size() {
    return targets.size();
  }

  /** 1 if the losses count, 0 for a placeholder. */
  double weight() {
    return members.isEmpty() ? 0 : 1;
  }

  /** Row of the vector of the {@code [CLS]} of an example, or of its candidate {@code offset}. */
  int firstRow(int example, int offset) {
    int sequence = sequences.get(example) + offset;
    return allTokens ? sequence * tokens.seq() : sequence;
  }

  /** Row of the vector of a token of an example; all tokens must be computed. */
  int row(int example, int position) {
    if (position < 0 || position >= tokens.seq()) {
      throw new IllegalArgumentException(
          "A target points at token %d; the batch has sequences of %d"
              .formatted(position, tokens.seq()));
    }
    return sequences.get(example) * tokens.seq() + position;
  }
}
