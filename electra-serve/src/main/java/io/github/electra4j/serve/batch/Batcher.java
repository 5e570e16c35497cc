package io.github.electra4j.serve.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Computes the inputs of many callers in batches. Safe for several threads.
 *
 * <pre>{@code
 * try (Batcher batcher = new Batcher(BatchLimits.defaults(), (items, tokens, nanos) -> {})) {
 *   Job<String> job = batcher.submit(engine, inputs, Duration.ofSeconds(10));
 *   List<String> outputs = job.result().get();
 * }
 * }</pre>
 */
public final class Batcher implements AutoCloseable {
  private static final int MOST_SECONDS = 60;

  /** Weight of the last batch in the speed that is expected of the next. */
  private static final double FORGETTING = 0.1;

  private final BatchLimits limits;
  private final BatchListener listener;
  private final BatchQueue queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Thread> workers = new ArrayList<>();
  private int computing;
  private boolean closing;
  private double tokensPerSecond;

  /** Starts the workers. */
  public Batcher(BatchLimits limits, BatchListener listener) {
    this.limits = limits;
    this.listener = listener;
    this.queue = new BatchQueue(limits);
    for (int i = 0; i < limits.workers(); i++) {
      Thread worker = new Thread(this::work, "batch-" + (i + 1));
      worker.setDaemon(true);
      worker.start();
      workers.add(worker);
    }
  }

  /** The limits. */
  public BatchLimits limits() {
    return limits;
  }

  /**
   * Puts inputs into the queue.
   *
   * @param inputs at least one
   * @param patience after which nobody waits for the outputs any more; what has not been begun by
   *     then is not computed
   * @throws OverloadedException if there is no room for all of them, or the batcher is closing
   */
  @SuppressWarnings("FutureReturnValueIgnored") // both calls change the result itself
  public <I, O> Job<O> submit(Engine<I, O> engine, List<Weighed<I>> inputs, Duration patience)
      throws OverloadedException {
    long now = System.nanoTime();
    Job<O> job = new Job<>(inputs.size(), now + patience.toNanos());
    lock.lock();
    try {
      if (closing) {
        throw new OverloadedException("The service is shutting down", true);
      }
      queue.add(engine, inputs, job, now);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    job.result().orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
    job.result().whenComplete((outputs, failure) -> forget(failure));
    return job;
  }

  private void forget(Throwable failure) {
    if (failure != null) {
      lock.lock();
      try {
        queue.dropAbandoned(System.nanoTime());
      } finally {
        lock.unlock();
      }
    }
  }

  /** Inputs that wait. */
  public int queuedItems() {
    lock.lock();
    try {
      return queue.items();
    } finally {
      lock.unlock();
    }
  }

  /** Tokens that wait. */
  public int queuedTokens() {
    lock.lock();
    try {
      return queue.tokens();
    } finally {
      lock.unlock();
    }
  }

  /** In how many seconds half of what waits will be computed, as far as can be told; 1 to 60. */
  public int secondsUntilRoom() {
    lock.lock();
    try {
      double seconds = tokensPerSecond == 0 ? 1 : queue.tokens() / 2.0 / tokensPerSecond;
      return (int) Math.max(1, Math.min(MOST_SECONDS, Math.ceil(seconds)));
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      for (Optional<Batch<?, ?>> next = next(); next.isPresent(); next = next()) {
        Batch<?, ?> batch = next.get();
        long start = System.nanoTime();
        batch.run();
        computed(batch, System.nanoTime() - start);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next batch; empty if there will be none. */
  private Optional<Batch<?, ?>> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        long now = System.nanoTime();
        Optional<Batch<?, ?>> batch = queue.take(now, closing);
        if (batch.isPresent()) {
          computing++;
          return batch;
        }
        if (closing) {
          return Optional.empty();
        }
        long nanos = queue.untilDue(now);
        if (nanos == Long.MAX_VALUE) {
          changed.await();
        } else {
          changed.awaitNanos(nanos);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void computed(Batch<?, ?> batch, long nanos) {
    listener.computed(batch.items().size(), batch.tokens(), nanos);
    double speed = batch.tokens() * 1e9 / Math.max(1, nanos) * limits.workers();
    lock.lock();
    try {
      computing--;
      tokensPerSecond =
          tokensPerSecond == 0 ? speed : tokensPerSecond + FORGETTING * (speed - tokensPerSecond);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes nothing more, computes what waits, and then gives up the rest.
   *
   * @param patience how long what waits may take
   * @return whether everything was computed
   */
  public boolean close(Duration patience) {
    boolean all = finish(patience);
    List<Job<?>> rest;
    lock.lock();
    try {
      rest = queue.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    rest.forEach(job -> job.result().completeExceptionally(new CancellationException()));
    return all;
  }

  private boolean finish(Duration patience) {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
      long nanos = patience.toNanos();
      while ((computing > 0 || queue.items() > 0) && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return computing == 0 && queue.items() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Gives up everything that waits and waits for what is being computed. */
  @Override
  public void close() {
    close(Duration.ZERO);
    boolean interrupted = false;
    for (Thread worker : workers) {
      try {
        worker.join(TimeUnit.MINUTES.toMillis(1));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
