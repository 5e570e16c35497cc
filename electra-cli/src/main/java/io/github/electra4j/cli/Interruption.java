package io.github.electra4j.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and termination: a command that asks for it is given time to save what it has. The process
 * then ends with the code of an interrupted one.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 300;

  private final Console console;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;
  private Thread hook;

  Interruption(Console console) {
    this.console = console;
  }

  /** From now on an interruption is a request; without this call it ends the process at once. */
  synchronized void watch() {
    if (hook == null) {
      hook = new Thread(this::await, "interruption");
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  /** Asks the command to save and return. */
  void request() {
    requested = true;
  }

  /** Whether the command should save and return. */
  boolean isRequested() {
    return requested;
  }

  /** Tells a waiting interruption that the command has returned. */
  void finished() {
    finished.countDown();
  }

  private void await() {
    if (finished.getCount() == 0) {
      return;
    }
    request();
    console.say("Interrupted; saving the state ...");
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        console.say("The state could not be saved in time; the last saved one is intact.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
