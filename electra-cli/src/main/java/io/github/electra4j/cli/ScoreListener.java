package io.github.electra4j.cli;

import java.io.IOException;

/** Somebody who watches how a model is scored. */
interface ScoreListener {
  /** After so many examples. */
  default void onProgress(int done) {}

  /** After an example was scored, in the order of the split. */
  default void onAnswer(Sample sample) throws IOException {}

  /**
   * One example with its answer.
   *
   * @param id of the example within its split
   * @param gold the right answer
   * @param answer the model's
   */
  record Sample(String id, String gold, String answer) {}

  /** Nobody watches. */
  static ScoreListener none() {
    return new ScoreListener() {};
  }
}
