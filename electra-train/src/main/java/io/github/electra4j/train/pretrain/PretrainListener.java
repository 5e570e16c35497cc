package io.github.electra4j.train.pretrain;

import java.io.IOException;

/** Somebody who wants to know how a pre-training run is going, and may ask it to stop. */
public interface PretrainListener {
  /** After every update. */
  default void onStep(PretrainReport report) throws IOException {}

  /**
   * After the model was evaluated on held-out examples.
   *
   * @param step updates made so far
   */
  default void onEvaluation(long step, PretrainMetrics metrics) throws IOException {}

  /**
   * Asked when a run goes on at a step after which it is evaluated: whether {@link #onEvaluation}
   * was called for it before. If not, as when it was stopped meanwhile, the evaluation is made up
   * for.
   */
  default boolean hasEvaluation(long step) throws IOException {
    return true;
  }

  /** After the state was saved, so that the run can be resumed from {@code step}. */
  default void onSave(long step) throws IOException {}

  /**
   * Asked after every update, between the parts of one and during an evaluation; true makes the run
   * save its state and return. What was begun is given up, and repeated when the run goes on.
   */
  default boolean stopRequested() {
    return false;
  }

  /** Nobody listens. */
  static PretrainListener none() {
    return new PretrainListener() {};
  }
}
