package io.github.electra4j.train;

import java.io.IOException;

/** Somebody who wants to know how a run is going, and may ask it to stop. */
public interface TrainListener {
  /** After every update. */
  default void onStep(StepReport report) throws IOException {}

  /**
   * After every full pass over the data and after the last step.
   *
   * @param epoch passes completed; the last may be a part
   * @param model the model as it stands, valid during the call only
   */
  default void onEpoch(double epoch, FineTunedModel model) throws IOException {}

  /**
   * After every so many steps, if {@link FineTuner#evaluatingEvery} asked for it, unless {@link
   * #onEpoch} is due.
   *
   * @param step updates made
   * @param epoch passes over the data, in part or whole
   * @param model the model as it stands, valid during the call only
   */
  default void onEvaluation(long step, double epoch, FineTunedModel model) throws IOException {}

  /** After the state was saved, so that the run can be resumed from {@code step}. */
  default void onSave(long step) throws IOException {}

  /** Asked after every step; true makes the run save its state and return. */
  default boolean stopRequested() {
    return false;
  }

  /** Nobody listens. */
  static TrainListener none() {
    return new TrainListener() {};
  }
}
