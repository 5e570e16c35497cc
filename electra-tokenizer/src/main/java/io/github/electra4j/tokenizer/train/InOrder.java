package io.github.electra4j.tokenizer.train;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Work on several threads whose results arrive in the order of the input, so that the outcome does
 * not depend on the number of threads. Only a few inputs per thread are in memory at a time.
 */
public final class InOrder {
  /** Inputs that wait for a thread, per thread: enough to keep it busy while results are taken. */
  private static final int AHEAD = 2;

  private InOrder() {}

  /** Where the inputs come from. */
  @FunctionalInterface
  public interface Source<I> {
    /** The next input, or null after the last one. */
    I next() throws IOException;
  }

  /** What is done on several threads. */
  @FunctionalInterface
  public interface Step<I, O> {
    /** The result for an input. */
    O apply(I input) throws IOException;
  }

  /** Where the results go. */
  @FunctionalInterface
  public interface Sink<O> {
    /** Takes the next result. */
    void accept(O result) throws IOException;
  }

  /**
   * Runs until the source is exhausted. Source and sink are called by the calling thread.
   *
   * @param threads how many run {@code step}, at least 1
   * @throws IOException the first one, in the order of the input, that source, step or sink throws;
   *     work under way is then given up. An {@link InterruptedIOException} when the calling thread
   *     is interrupted, whose mark is kept
   */
  public static <I, O> void run(
      int threads, Source<? extends I> source, Step<? super I, O> step, Sink<? super O> sink)
      throws IOException {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "InOrder.run on %d threads; give at least 1".formatted(threads));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads, InOrder::daemon);
    try {
      Deque<Future<O>> underWay = new ArrayDeque<>();
      for (I input = source.next(); input != null; input = source.next()) {
        I given = input;
        underWay.add(pool.submit(() -> step.apply(given)));
        if (underWay.size() > AHEAD * threads) {
          sink.accept(result(underWay.remove()));
        }
      }
      while (!underWay.isEmpty()) {
        sink.accept(result(underWay.remove()));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "in-order");
    thread.setDaemon(true);
    return thread;
  }

  private static <O> O result(Future<O> future) throws IOException {
    try {
      if (Thread.interrupted()) { // a finished result would be handed out all the same
        throw new InterruptedException();
      }
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("The work was interrupted.");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException checked) {
        throw checked;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new AssertionError("A step can throw nothing else", cause);
    }
  }
}
