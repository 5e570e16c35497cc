package io.github.electra4j.cli;

import io.github.electra4j.model.storage.Unfinished;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and termination: a command that asks for it is given time to save what it has, and files
 * and folders that are not complete then are deleted. The process then ends with the code that its
 * end by a signal has everywhere: 130 after Ctrl-C, 143 after SIGTERM.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 300;

  private final Console console;
  private final CountDownLatch finished = new CountDownLatch(1);
  private String plan = "";
  private final CountDownLatch requested = new CountDownLatch(1);
  private Thread hook;

  Interruption(Console console) {
    this.console = console;
  }

  /** As {@link #watch(String)}, for a command that saves its state. */
  void watch() {
    watch("saving the state");
  }

  /**
   * From now on an interruption is a request; without this call it ends the process at once.
   *
   * @param intention what the command then does, e.g. {@code saving the state}
   */
  synchronized void watch(String intention) {
    plan = intention;
    guard();
  }

  /** From now on the end of the process deletes what is not complete. */
  synchronized void guard() {
    if (hook == null) {
      hook = new Thread(this::end, "interruption");
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  private void end() {
    boolean asked;
    synchronized (this) {
      asked = !plan.isEmpty();
    }
    if (asked) {
      await();
    }
    Unfinished.discard();
  }

  /** Asks the command to save and return. */
  void request() {
    requested.countDown();
  }

  /** Whether the command should save and return. */
  boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits until the command should save and return. */
  void awaitRequest() throws InterruptedException {
    requested.await();
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
    console.say("Interrupted; %s ...".formatted(plan));
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        console.say("It took too long; what was saved before is intact.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
