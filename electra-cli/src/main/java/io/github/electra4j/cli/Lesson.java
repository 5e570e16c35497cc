package io.github.electra4j.cli;

import io.github.electra4j.model.TaskHead;
import java.io.IOException;
import java.util.List;

/**
 * A task to be learnt.
 *
 * @param train what to learn from
 * @param dev what to be judged by; of the same task
 * @param epochs passes over the data that are usual for it
 * @param maxSeqLength tokens that are usual for it
 */
record Lesson(TaskSplit train, TaskSplit dev, double epochs, int maxSeqLength) {
  static final double USUAL_EPOCHS = 3;
  static final int USUAL_LENGTH = 128;

  /** Reads lessons once it is known that they are needed. */
  interface Source {
    List<Lesson> read() throws IOException;
  }

  /** The head that is learnt. */
  TaskHead head() {
    return train.head();
  }

  /** The task's name. */
  String task() {
    return train.head().task();
  }
}
