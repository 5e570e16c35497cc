package io.github.electra4j.cli.demo;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.train.inference.FineTuning;
import io.github.electra4j.train.inference.LoadedModel;
import java.io.IOException;

/** A task of the world: examples to learn from, and others to be judged by. */
interface Challenge {
  /** What is asked, e.g. {@code plausibility}; the name of the head and of the model's folder. */
  String name();

  /** What is counted. */
  String metric();

  /** An example of the test, for people. */
  String sample();

  /** Learns the task. */
  Checkpoint learn(FineTuning start) throws IOException;

  /** Share of the test that the model gets right, in percent. */
  double score(LoadedModel tuned) throws IOException;
}
