package io.github.electra4j.serve.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What one caller asked for: some inputs whose outputs are wanted together. Its inputs may be
 * computed in several batches.
 *
 * @param <O> an output
 */
public final class Job<O> {
  private final CompletableFuture<List<O>> result = new CompletableFuture<>();
  private final long deadline;
  private final Object[] outputs;
  private int missing;

  /**
   * @param size number of inputs
   * @param deadline when nobody waits for the outputs any more, on the batcher's clock
   */
  Job(int size, long deadline) {
    this.deadline = deadline;
    this.outputs = new Object[size];
    this.missing = size;
  }

  /** The outputs in the order of the inputs; cancelling it takes what waits out of the queue. */
  public CompletableFuture<List<O>> result() {
    return result;
  }

  /** Whether nobody waits for the outputs any more. */
  boolean isAbandoned(long now) {
    return result.isDone() || now - deadline >= 0;
  }

  void deliver(int index, O output) {
    List<O> all = null;
    synchronized (this) {
      outputs[index] = output;
      missing--;
      if (missing == 0) {
        all = collected();
      }
    }
    if (all != null) {
      result.complete(all);
    }
  }

  @SuppressWarnings("unchecked") // only deliver fills the array
  private List<O> collected() {
    return new ArrayList<>((List<O>) Arrays.asList(outputs));
  }
}
