package io.github.electra4j.convert.tensorflow;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Several threads that read tensors of one bundle, the largest first: fresh memory is what takes
 * most of the time, and the operating system hands it out to each thread by itself.
 */
final class ReadingTeam {
  private static final int MOST_THREADS = 4;

  private ReadingTeam() {}

  /** Reads these tensors; after a failure of one, no others are begun. */
  static Map<String, INDArray> read(BundleReader reader, List<TensorEntry> entries)
      throws IOException {
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    ExecutorService team =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "bundle-reader");
              thread.setDaemon(true);
              return thread;
            });
    Map<String, Future<INDArray>> orders = new LinkedHashMap<>();
    try {
      entries.stream()
          .sorted(Comparator.comparingLong(TensorEntry::size).reversed())
          .map(TensorEntry::name)
          .forEach(name -> orders.put(name, team.submit(() -> reader.read(name))));
      Map<String, INDArray> arrays = new LinkedHashMap<>();
      for (TensorEntry entry : entries) {
        arrays.put(entry.name(), result(orders.get(entry.name())));
      }
      return arrays;
    } finally {
      orders.values().forEach(order -> order.cancel(false));
      finish(team);
    }
  }

  /** Nobody may read on when the caller closes the files. */
  private static void finish(ExecutorService team) {
    team.shutdown();
    boolean interrupted = false;
    while (!team.isTerminated()) {
      try {
        team.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static INDArray result(Future<INDArray> order) throws IOException {
    try {
      return order.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("A thread that reads a bundle has failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The reading of a bundle was interrupted.");
    }
  }
}
