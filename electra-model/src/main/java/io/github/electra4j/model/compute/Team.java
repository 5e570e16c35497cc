package io.github.electra4j.model.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads that share the work of one operation: the caller and some helpers that wait, awake
 * for some microseconds, for the next operation. Work is cut into tasks by its shape alone, so that
 * results do not depend on the number of threads. A caller that finds the team busy with another
 * caller's work does its own work alone.
 */
public final class Team {
  /** About 50 µs of waiting awake before a helper goes to sleep. */
  private static final int SPINS = 1500;

  /** The caller waits awake longer, about a millisecond: what it waits for is under way. */
  private static final int CALLER_SPINS = 30_000;

  private static final long NAP_NANOS = 20_000;

  private static final AtomicBoolean BUSY = new AtomicBoolean();
  private static final List<Helper> HELPERS = new ArrayList<>();
  private static volatile int threads = Runtime.getRuntime().availableProcessors();

  private Team() {}

  /** A part of an operation. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does part {@code index} of the work.
     *
     * @param worker number of the thread within the team, from 0, for scratch space of its own
     */
    void run(int index, int worker);
  }

  /** Number of threads, the caller included; at first one per processor. */
  public static int threads() {
    return threads;
  }

  /**
   * Sets the number of threads for plans that are compiled from now on.
   *
   * @param count the caller included, at least 1
   */
  public static void setThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "The number of threads is %d; choose at least 1".formatted(count));
    }
    threads = count;
  }

  /**
   * Runs tasks 0 to {@code tasks − 1} and returns when all are done.
   *
   * @param workers most threads to use, the caller included
   */
  public static void run(int tasks, int workers, Task task) {
    int useful = Math.min(tasks, workers);
    if (useful > 1 && BUSY.compareAndSet(false, true)) {
      try {
        runTogether(new Job(tasks, useful, task));
      } finally {
        BUSY.set(false);
      }
    } else {
      for (int index = 0; index < tasks; index++) {
        task.run(index, 0);
      }
    }
  }

  private static void runTogether(Job job) {
    while (HELPERS.size() < job.workers - 1) {
      HELPERS.add(Helper.start(HELPERS.size() + 1));
    }
    for (int helper = 0; helper < job.workers - 1; helper++) {
      HELPERS.get(helper).offer(job);
    }
    job.work(0);
    job.await();
  }

  private static final class Job {
    private final int tasks;
    private final int workers;
    private final Task task;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Job(int tasks, int workers, Task task) {
      this.tasks = tasks;
      this.workers = workers;
      this.task = task;
    }

    private void work(int worker) {
      for (int index = next.getAndIncrement(); index < tasks; index = next.getAndIncrement()) {
        try {
          task.run(index, worker);
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        }
        done.incrementAndGet();
      }
    }

    private void await() {
      for (int spin = 0; done.get() < tasks; spin++) {
        if (spin < CALLER_SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, NAP_NANOS);
        }
      }
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }

  private static final class Helper implements Runnable {
    private final int worker;
    private final AtomicReference<Job> offered = new AtomicReference<>();
    private volatile Thread asleep;

    private Helper(int worker) {
      this.worker = worker;
    }

    private static Helper start(int worker) {
      Helper helper = new Helper(worker);
      Thread thread = new Thread(helper, "electra4j-" + worker);
      thread.setDaemon(true);
      thread.start();
      return helper;
    }

    private void offer(Job job) {
      offered.set(job);
      Thread sleeper = asleep;
      if (sleeper != null) {
        LockSupport.unpark(sleeper);
      }
    }

    @Override
    public void run() {
      while (true) {
        Job job = take();
        job.work(worker);
      }
    }

    private Job take() {
      for (int spin = 0; ; spin++) {
        Job job = offered.get();
        if (job != null) {
          offered.compareAndSet(job, null);
          return job;
        }
        if (spin < SPINS) {
          Thread.onSpinWait();
        } else {
          asleep = Thread.currentThread();
          if (offered.get() == null) {
            LockSupport.park(this);
          }
          asleep = null;
        }
      }
    }
  }
}
