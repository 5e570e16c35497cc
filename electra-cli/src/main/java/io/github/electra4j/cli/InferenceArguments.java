package io.github.electra4j.cli;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a fine-tuned model is applied. */
@OptionGroup(OptionGroup.INPUT)
final class InferenceArguments {
  private static final String LENGTH = "--max-seq-length";
  private static final String BATCH = "--batch-size";
  private static final int SHORTEST = 4;

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

  /** How a model reads text. */
  Reading reading(ModelSource source, Optional<FeatureCache> cache) throws IOException {
    int length = maxSeqLength(source);
    if (length < SHORTEST) {
      throw new WrongUsageException(
          "%s is %d; use at least %d.".formatted(LENGTH, length, SHORTEST));
    }
    return new Reading(
        source.tokenizer(), source.checkpoint().text().orElseThrow(), length, batchSize, cache);
  }
}
