package io.github.electra4j.train.inference;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import java.util.ArrayList;
import java.util.List;

/** A head that judges whole texts or pairs, at work on texts of any length. */
final class WindowedTexts implements AutoCloseable {
  private final TaskHead head;
  private final TaskTarget placeholder;
  private final TextWindows windows;
  private final FineTunedModel model;

  /**
   * @param placeholder a target that the head accepts; it is not looked at
   */
  WindowedTexts(LoadedModel loaded, TaskHead head, TaskTarget placeholder) {
    this.head = head;
    this.placeholder = placeholder;
    this.windows = new TextWindows(loaded.tokenizer(), loaded.maxTokens());
    this.model = FineTunedModel.of(loaded.checkpoint(), head);
  }

  /**
   * What the head computes for pairs, in order; the second text of a pair may be empty.
   *
   * @return for every pair {@code [windows][outputs]}, at least one window
   */
  List<float[][]> values(List<TextPair> pairs) {
    List<TaskExample> examples = new ArrayList<>();
    int[] ends = new int[pairs.size()];
    for (int i = 0; i < ends.length; i++) {
      for (Encoding window : windows.of(pairs.get(i))) {
        examples.add(
            TaskExample.of(
                examples.size(), head.task(), window.ids(), window.tokenTypeIds(), placeholder));
      }
      ends[i] = examples.size();
    }
    List<HeadOutput> outputs = model.answers(examples, LoadedModel.BATCH_SIZE, done -> {});
    List<float[][]> values = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      values.add(
          outputs.subList(from, end).stream()
              .map(output -> ((HeadOutput.Scores) output).values())
              .toArray(float[][]::new));
      from = end;
    }
    return values;
  }

  @Override
  public void close() {
    model.close();
  }
}
