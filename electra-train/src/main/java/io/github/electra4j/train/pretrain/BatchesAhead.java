package io.github.electra4j.train.pretrain;

import io.github.electra4j.train.masking.MaskedBatch;
import io.github.electra4j.train.masking.MaskingRules;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The batches of a run, of which the next one is read and masked on a thread of its own while a
 * step computes. What a step gets is a function of its number, so that reading ahead changes
 * nothing. To be used by one thread.
 */
final class BatchesAhead implements AutoCloseable {
  /**
   * Examples that are used from a step on.
   *
   * @param firstStep updates made before
   */
  record Phase(ExampleSource source, long firstStep) {}

  private final List<Phase> phases;
  private final PretrainConfig choices;
  private final MaskingRules.SpecialIds special;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "next-batch");
            thread.setDaemon(true);
            return thread;
          });
  private Future<List<MaskedBatch>> next;
  private long nextStep = -1;
  private Phase current; // of the reading thread
  private BatchStream stream; // of the reading thread

  /**
   * @param phases at least one, by rising first step
   */
  BatchesAhead(List<Phase> phases, PretrainConfig choices, MaskingRules.SpecialIds special) {
    this.phases = phases;
    this.choices = choices;
    this.special = special;
  }

  /**
   * The batch of a step; begins to read that of the next one.
   *
   * @throws IOException when it could not be read
   */
  List<MaskedBatch> at(long step) throws IOException {
    if (step != nextStep) {
      next = reader.submit(() -> read(step));
    }
    List<MaskedBatch> batch = await(next);
    nextStep = step + 1;
    if (nextStep < choices.totalSteps()) {
      next = reader.submit(() -> read(step + 1));
    }
    return batch;
  }

  private List<MaskedBatch> read(long step) throws IOException {
    Phase wanted = phases.get(0);
    for (Phase phase : phases) {
      if (phase.firstStep() <= step) {
        wanted = phase;
      }
    }
    if (!wanted.equals(current)) {
      current = wanted;
      stream =
          new BatchStream(
              wanted.source(), choices, special, phases.indexOf(wanted), wanted.firstStep());
    }
    return stream.at(step);
  }

  private static List<MaskedBatch> await(Future<List<MaskedBatch>> batch) throws IOException {
    try {
      return batch.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException failed) {
        throw failed;
      }
      if (cause instanceof RuntimeException failed) {
        throw failed;
      }
      throw new IOException("The next batch could not be read", cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while the next batch was read");
    }
  }

  /** Waits for what is being read, so that its source may be closed afterwards. */
  @Override
  public void close() {
    reader.shutdown();
    boolean interrupted = false;
    boolean idle = false;
    while (!idle) {
      try {
        idle = reader.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
