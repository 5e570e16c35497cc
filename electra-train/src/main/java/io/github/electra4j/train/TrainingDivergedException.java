package io.github.electra4j.train;

/** The loss or the gradient is no longer a number; the weights were not touched by that step. */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long step;

  /**
   * An update that cannot be made.
   *
   * @param step its number, from 1
   * @param loss before it
   * @param norm of its gradient
   * @param learningRate peak of the schedule
   */
  public TrainingDivergedException(long step, double loss, double norm, double learningRate) {
    super(
        "Training diverged at step %d: the loss is %s and the norm of its gradient %s. Lower the learning rate (now %s), choose another seed, or check the starting checkpoint for NaN."
            .formatted(step, loss, norm, learningRate));
    this.step = step;
  }

  /** The step that could not be made, from 1. */
  public long step() {
    return step;
  }
}
