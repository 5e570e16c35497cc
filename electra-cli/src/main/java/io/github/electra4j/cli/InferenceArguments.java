package io.github.electra4j.cli;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.task.Featurizer;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a fine-tuned model is applied. */
@OptionGroup(OptionGroup.INPUT)
final class InferenceArguments {
  private static final String LENGTH = "--max-seq-length";
  private static final String BATCH = "--batch-size";

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = {"Which task head, if the model has several.", "  Default: the only one"})
  private String task;

  @Option(
      names = LENGTH,
      paramLabel = "N",
      description = {
        "Longest input in tokens.",
        "  Default: what the run was trained with, otherwise 128"
      })
  private Integer maxSeqLength;

  @Option(
      names = BATCH,
      paramLabel = "N",
      defaultValue = "32",
      description = "Texts computed together.")
  private int batchSize;

  /** The task that was asked for. */
  Optional<String> task() {
    return Optional.ofNullable(task);
  }

  /** Texts computed together. */
  int batchSize() {
    return batchSize;
  }

  /** Refuses values that no model can be used with. */
  void check() {
    WrongUsageException.requirePositive(BATCH, batchSize);
  }

  /** The longest input for a model. */
  int maxSeqLength(ModelSource source) throws IOException {
    int positions = source.checkpoint().config().maxPositions();
    if (maxSeqLength != null && maxSeqLength > positions) {
      throw new WrongUsageException(
          "%s is %d; the model reads at most %d tokens."
              .formatted(LENGTH, maxSeqLength, positions));
    }
    return maxSeqLength != null ? maxSeqLength : source.usualSeqLength();
  }

  /** From text to token ids, for a model and one of its heads. */
  Featurizer featurizer(ModelSource source, TaskHead head) throws IOException {
    int length = maxSeqLength(source);
    ElectraTokenizer tokenizer = source.tokenizer();
    return WrongUsageException.unlessUsable(() -> new Featurizer(tokenizer, head, length));
  }
}
