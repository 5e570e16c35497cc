package io.github.electra4j.convert;

import io.github.electra4j.model.Checkpoint;
import java.util.Objects;

/**
 * What was read from a source, whatever its format.
 *
 * @param checkpoint the model
 * @param report what became of every tensor
 */
public record ImportedModel(Checkpoint checkpoint, ConversionReport report) {
  /** Checks that nothing is null. */
  public ImportedModel {
    Objects.requireNonNull(checkpoint, "checkpoint");
    Objects.requireNonNull(report, "report");
  }
}
