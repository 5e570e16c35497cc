package io.github.electra4j.train.task;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.EncodeOptions;
import io.github.electra4j.tokenizer.Encoding;
import java.util.List;

/**
 * Turns sentences and pairs into token ids: {@code [CLS] A [SEP]} or {@code [CLS] A [SEP] B [SEP]}.
 * A pair that is too long loses tokens from the end of its longer sentence, of B when both are
 * equally long (reference: finetune/classification/classification_tasks.py).
 */
public final class Featurizer {
  private final ElectraTokenizer tokenizer;
  private final TaskHead head;
  private final EncodeOptions options;

  /**
   * @param head says what the labels mean
   * @param maxSeqLength most tokens of an example, special tokens included; at least 4
   */
  public Featurizer(ElectraTokenizer tokenizer, TaskHead head, int maxSeqLength) {
    if (maxSeqLength < 4) {
      throw new IllegalArgumentException(
          "A maximum sequence length of %d leaves no room for a pair; choose at least 4"
              .formatted(maxSeqLength));
    }
    this.tokenizer = tokenizer;
    this.head = head;
    this.options = EncodeOptions.maxLength(maxSeqLength);
  }

  /** Featurises all examples, in order. */
  public List<TaskExample> examples(List<TextExample> texts) {
    return texts.parallelStream().map(this::example).toList();
  }

  /**
   * Featurises one example.
   *
   * @throws IllegalArgumentException when the label is not one of the head's, or not a number in
   *     its range; the example and the known labels are named
   */
  public TaskExample example(TextExample text) {
    Encoding encoding =
        text.textB().isEmpty()
            ? tokenizer.encode(text.textA(), options)
            : tokenizer.encode(text.textA(), text.textB(), options);
    return TaskExample.of(
        text.id(), head.task(), encoding.ids(), encoding.tokenTypeIds(), target(text));
  }

  /** Whether the sentences of an example are longer than the model reads, so that it is cut. */
  public boolean cuts(TextExample text) {
    int first = tokenizer.ids(text.textA()).length;
    int second = tokenizer.ids(text.textB()).length;
    return first + second + (second == 0 ? 2 : 3) > options.maxLength();
  }

  private TaskTarget target(TextExample text) {
    try {
      return Targets.of(head, text.label());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Example %d: %s".formatted(text.id(), e.getMessage()), e);
    }
  }
}
