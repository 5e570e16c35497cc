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

  /** After the state was saved, so that the run can be resumed from {@code step}. */
  default void onSave(long step) throws IOException {}

  /** Asked after every update; true makes the run save its state and return. */
  default boolean stopRequested() {
    return false;
  }

  /** Nobody listens. */
  static PretrainListener none() {
    return new PretrainListener() {};
  }
}
