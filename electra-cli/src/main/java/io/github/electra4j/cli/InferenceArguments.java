package io.github.electra4j.cli;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a fine-tuned model is applied. */
final class InferenceArguments {
  private static final int ORIGINAL_LENGTH = 128;

  @Option(names = "--task", description = "Which task head, if the model has several.")
  private String task;

  @Option(
      names = "--max-seq-length",
      paramLabel = "N",
      description = "Longest input in tokens; otherwise what the run was trained with, or 128.")
  private Integer maxSeqLength;

  @Option(names = "--batch-size", defaultValue = "32", description = "Texts computed together.")
  private int batchSize;

  /** The task that was asked for. */
  Optional<String> task() {
    return Optional.ofNullable(task);
  }

  /** Texts computed together. */
  int batchSize() {
    if (batchSize < 1) {
      throw new IllegalArgumentException("--batch-size is %d; use at least 1".formatted(batchSize));
    }
    return batchSize;
  }

  /** The longest input for a model. */
  int maxSeqLength(ModelSource source) throws IOException {
    int positions = source.checkpoint().config().maxPositions();
    if (maxSeqLength != null && maxSeqLength > positions) {
      throw new IllegalArgumentException(
          "--max-seq-length is %d; the model reads at most %d tokens"
              .formatted(maxSeqLength, positions));
    }
    return maxSeqLength != null
        ? maxSeqLength
        : new RunFolder(source.path()).maxSeqLength().orElse(Math.min(ORIGINAL_LENGTH, positions));
  }
}
