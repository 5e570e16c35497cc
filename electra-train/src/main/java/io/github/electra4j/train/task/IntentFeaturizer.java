package io.github.electra4j.train.task;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import java.util.List;

/** Turns utterances into token ids, and their intents and slots into targets. */
public final class IntentFeaturizer {
  private final TaskHead.IntentAndSlots head;
  private final TagFeaturizer words;

  /**
   * @param maxSeqLength most tokens of an utterance, special tokens included; at least 4
   */
  public IntentFeaturizer(
      ElectraTokenizer tokenizer, TaskHead.IntentAndSlots head, int maxSeqLength) {
    this.head = head;
    this.words = TagFeaturizer.of(tokenizer, head, maxSeqLength);
  }

  /** Featurises all utterances, in order. */
  public List<TaskExample> examples(List<IntentExample> examples) {
    return examples.parallelStream().map(this::example).toList();
  }

  /**
   * Featurises one utterance. Without an intent its target is the first one.
   *
   * @throws IllegalArgumentException when intent or slot is not one of the head's
   */
  public TaskExample example(IntentExample example) {
    TaskExample tagged = words.example(example.words());
    TaskTarget.Tags slots = (TaskTarget.Tags) tagged.target();
    return tagged.withTarget(new TaskTarget.IntentAndTags(intent(example), slots));
  }

  private int intent(IntentExample example) {
    try {
      return example.intent().isEmpty() ? 0 : Targets.index(head.intents(), example.intent());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Utterance %d: %s".formatted(example.words().id(), e.getMessage()), e);
    }
  }
}
