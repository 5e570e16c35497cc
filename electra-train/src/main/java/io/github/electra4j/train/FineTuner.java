package io.github.electra4j.train;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.data.ExampleOrder;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskExample;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fine-tuning loop, for heads of every kind and for several tasks at once. The examples of all
 * tasks are pooled and drawn alike, so that a task with twice the examples is seen twice as often.
 *
 * <pre>{@code
 * FineTuner tuner = FineTuner.of(checkpoint, head, FineTuneConfig.defaultsFor(checkpoint.config()));
 * Checkpoint tuned = tuner.run(examples, TrainListener.none()).checkpoint();
 * }</pre>
 */
public final class FineTuner {
  private final Checkpoint start;
  private final List<TaskHead> heads;
  private final FineTuneConfig config;
  private final Optional<CheckpointStore> store;
  private final long saveSteps;
  private final long evalSteps;

  private FineTuner(
      Checkpoint start,
      List<TaskHead> heads,
      FineTuneConfig config,
      Optional<CheckpointStore> store,
      long saveSteps,
      long evalSteps) {
    this.start = start;
    this.heads = List.copyOf(heads);
    this.config = config;
    this.store = store;
    this.saveSteps = saveSteps;
    this.evalSteps = evalSteps;
    if (config.maxSeqLength() > start.config().maxPositions()) {
      throw new IllegalArgumentException(
          "The maximum sequence length %d exceeds the %d positions of the model; choose at most %d"
              .formatted(
                  config.maxSeqLength(),
                  start.config().maxPositions(),
                  start.config().maxPositions()));
    }
  }

  /** A run that is not saved on the way. */
  public static FineTuner of(Checkpoint start, TaskHead head, FineTuneConfig config) {
    return of(start, List.of(head), config);
  }

  /** A run for several tasks, that is not saved on the way. */
  public static FineTuner of(Checkpoint start, List<TaskHead> heads, FineTuneConfig config) {
    return new FineTuner(start, heads, config, Optional.empty(), Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * The same run, saved to {@code store} every so many steps and when it is asked to stop; it goes
   * on from what the store holds.
   */
  public FineTuner savingTo(CheckpointStore newStore, long everySteps) {
    if (everySteps < 1) {
      throw new IllegalArgumentException(
          "A run cannot be saved every %d steps; choose at least 1".formatted(everySteps));
    }
    return new FineTuner(start, heads, config, Optional.of(newStore), everySteps, evalSteps);
  }

  /**
   * The same run, whose listener gets the model every so many steps, {@link
   * TrainListener#onEvaluation}; the weights that are learnt stay the same.
   */
  public FineTuner evaluatingEvery(long everySteps) {
    if (everySteps < 1) {
      throw new IllegalArgumentException(
          "A run cannot be evaluated every %d steps; choose at least 1".formatted(everySteps));
    }
    return new FineTuner(start, heads, config, store, saveSteps, everySteps);
  }

  /**
   * How a run ended.
   *
   * @param checkpoint encoder and head as they are now
   * @param step updates made
   * @param totalSteps updates of the whole run; above {@code step} if it was asked to stop
   */
  public record Result(Checkpoint checkpoint, long step, long totalSteps) {
    /** Whether all steps were made. */
    public boolean isComplete() {
      return step >= totalSteps;
    }
  }

  /**
   * Runs to the end, or until the listener asks to stop.
   *
   * @param examples of one or several of the heads' tasks
   * @throws IOException when a state cannot be saved or read, or the listener cannot write
   * @throws TrainingDivergedException when the loss is no longer finite
   */
  public Result run(List<TaskExample> examples, TrainListener listener) throws IOException {
    long totalSteps = config.totalSteps(examples.size());
    int[] lengths = examples.stream().mapToInt(TaskExample::length).toArray();
    ExampleOrder order = new ExampleOrder(lengths, config.batchSize(), config.seed());
    try (FineTuneSession session = open(totalSteps);
        FineTunedModel model = session.model()) {
      long saved = session.step();
      while (session.step() < totalSteps) {
        List<TaskExample> batch =
            Arrays.stream(order.batch(session.step())).mapToObj(examples::get).toList();
        listener.onStep(session.step(LabelledBatch.of(batch, config.maxSeqLength())));
        boolean stop = listener.stopRequested();
        boolean done = session.step() == totalSteps;
        if (store.isPresent() && !done && (stop || session.step() - saved >= saveSteps)) {
          store.get().save(session.checkpoint(true));
          saved = session.step();
          listener.onSave(saved);
        }
        if (stop) {
          break;
        }
        double epoch = (double) session.step() / order.stepsPerEpoch();
        if (done || session.step() % order.stepsPerEpoch() == 0) {
          listener.onEpoch(epoch, model);
        } else if (session.step() % evalSteps == 0) {
          listener.onEvaluation(session.step(), epoch, model);
        }
      }
      return new Result(session.checkpoint(false), session.step(), totalSteps);
    }
  }

  private FineTuneSession open(long totalSteps) throws IOException {
    Optional<Checkpoint> saved = store.isPresent() ? store.get().latest() : Optional.empty();
    return saved.isPresent()
        ? FineTuneSession.resume(saved.get(), heads, config, totalSteps)
        : FineTuneSession.start(start, heads, config, totalSteps);
  }
}
