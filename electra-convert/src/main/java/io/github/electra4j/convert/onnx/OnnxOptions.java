package io.github.electra4j.convert.onnx;

import io.github.electra4j.convert.tensor.Precision;
import java.util.Objects;
import java.util.Optional;

/**
 * What of a checkpoint becomes an ONNX model, and how.
 *
 * @param task a fine-tuned head, or one of {@link OnnxExport#FEATURES}, {@link
 *     OnnxExport#REPLACED_TOKENS} and {@link OnnxExport#FILL_MASK}; empty for the only head, or
 *     else the discriminator's, the generator's, or the encoder alone
 * @param precision of the weights
 * @param modelName what the file says that it is, as name of the graph and in its metadata; empty
 *     to say nothing
 * @param overwrite whether an older export may be replaced
 */
public record OnnxOptions(
    Optional<String> task, Precision precision, Optional<String> modelName, boolean overwrite) {

  /** Checks for null. */
  public OnnxOptions {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(modelName, "modelName");
  }

  /** Single precision, the obvious task, nothing replaced. */
  public static OnnxOptions standard() {
    return new OnnxOptions(Optional.empty(), Precision.FLOAT32, Optional.empty(), false);
  }

  /** The same for this task. */
  public OnnxOptions withTask(String wanted) {
    return new OnnxOptions(Optional.of(wanted), precision, modelName, overwrite);
  }

  /** The same with weights of this precision. */
  public OnnxOptions withPrecision(Precision wanted) {
    return new OnnxOptions(task, wanted, modelName, overwrite);
  }
}
