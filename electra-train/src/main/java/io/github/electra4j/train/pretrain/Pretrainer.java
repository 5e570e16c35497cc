package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.train.CheckpointStore;
import io.github.electra4j.train.TrainingDivergedException;
import io.github.electra4j.train.masking.MaskingRules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pre-training loop. Everything that happens in a step is a function of the choices, the data
 * and the number of the step, so that a run that was stopped or killed goes on to the bit.
 *
 * <pre>{@code
 * Pretrainer trainer = Pretrainer.of(start, choices, special, ExampleSource.of(shards));
 * Checkpoint trained = trainer.savingTo(store, 1000).run(PretrainListener.none()).checkpoint();
 * }</pre>
 */
public final class Pretrainer {
  private final Checkpoint start;
  private final PretrainConfig choices;
  private final MaskingRules.SpecialIds special;
  private final List<BatchesAhead.Phase> phases;
  private final Optional<Saving> saving;
  private final Optional<HeldOut> heldOut;
  private final long firstStep;

  private record Saving(CheckpointStore store, long everySteps, Duration atLeastEvery) {}

  private record HeldOut(ExampleSource source, long everySteps, int examples) {}

  private Pretrainer(
      Checkpoint start,
      PretrainConfig choices,
      MaskingRules.SpecialIds special,
      List<BatchesAhead.Phase> phases,
      Optional<Saving> saving,
      Optional<HeldOut> heldOut,
      long firstStep) {
    this.start = start;
    this.firstStep = firstStep;
    this.choices = choices;
    this.special = special;
    this.phases = List.copyOf(phases);
    this.saving = saving;
    this.heldOut = heldOut;
    phases.forEach(phase -> requireFitting(phase.source()));
    heldOut.ifPresent(examples -> requireFitting(examples.source()));
  }

  private void requireFitting(ExampleSource source) {
    if (source.seq() > start.config().maxPositions()) {
      throw new IllegalArgumentException(
          "The examples have %d tokens, but the model reads at most %d; prepare shorter ones"
              .formatted(source.seq(), start.config().maxPositions()));
    }
  }

  /**
   * A run that is neither saved nor evaluated on the way.
   *
   * @param start weights and architecture; moments if it has any, else they begin at 0
   * @param special ids of the special tokens in the vocabulary of {@code source}
   */
  public static Pretrainer of(
      Checkpoint start,
      PretrainConfig choices,
      MaskingRules.SpecialIds special,
      ExampleSource source) {
    return new Pretrainer(
        start,
        choices,
        special,
        List.of(new BatchesAhead.Phase(source, 0)),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /**
   * The same run, of which so many updates were made already by whoever made the checkpoint.
   *
   * @param step from 0 to before the last one
   */
  public Pretrainer goingOnFrom(long step) {
    if (step < 0 || step >= choices.totalSteps()) {
      throw new IllegalArgumentException(
          "A run of %d steps cannot go on from step %d; ask for more steps"
              .formatted(choices.totalSteps(), step));
    }
    return new Pretrainer(start, choices, special, phases, saving, heldOut, step);
  }

  /**
   * The same run with other examples, usually longer ones, from a step on.
   *
   * @param step updates made before the first of these examples is seen
   */
  public Pretrainer continuingWith(ExampleSource source, long step) {
    if (step <= phases.get(phases.size() - 1).firstStep() || step >= choices.totalSteps()) {
      throw new IllegalArgumentException(
          "Other examples cannot begin after step %d; it must be after the examples before them and before the last step, %d"
              .formatted(step, choices.totalSteps()));
    }
    List<BatchesAhead.Phase> more = new ArrayList<>(phases);
    more.add(new BatchesAhead.Phase(source, step));
    return new Pretrainer(start, choices, special, more, saving, heldOut, firstStep);
  }

  /**
   * The same run, saved to {@code store} every so many steps, at the end, and when it is asked to
   * stop; it goes on from what the store holds.
   */
  public Pretrainer savingTo(CheckpointStore store, long everySteps) {
    requireRhythm("saved", everySteps);
    return new Pretrainer(
        start,
        choices,
        special,
        phases,
        Optional.of(new Saving(store, everySteps, Duration.ofNanos(Long.MAX_VALUE))),
        heldOut,
        firstStep);
  }

  /**
   * The same run, which {@link #savingTo saves its state}, also after the first update that ends so
   * long after the state was saved last. When that is does not change what is learnt.
   */
  public Pretrainer savingAtLeastEvery(Duration time) {
    Saving given =
        saving.orElseThrow(
            () -> new IllegalStateException("The run is not saved anywhere; call savingTo first"));
    return new Pretrainer(
        start,
        choices,
        special,
        phases,
        Optional.of(new Saving(given.store(), given.everySteps(), time)),
        heldOut,
        firstStep);
  }

  /**
   * The same run, evaluated every so many steps and at the end.
   *
   * @param examples most examples to evaluate on; the first ones are used
   */
  public Pretrainer evaluatingOn(ExampleSource source, long everySteps, int examples) {
    requireRhythm("evaluated", everySteps);
    return new Pretrainer(
        start,
        choices,
        special,
        phases,
        saving,
        Optional.of(new HeldOut(source, everySteps, examples)),
        firstStep);
  }

  private static void requireRhythm(String what, long everySteps) {
    if (everySteps < 1) {
      throw new IllegalArgumentException(
          "A run cannot be %s every %d steps; choose at least 1".formatted(what, everySteps));
    }
  }

  /**
   * How a run ended.
   *
   * @param checkpoint the model as it is now, without moments
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
   * @throws IOException when a state cannot be saved or read, an example cannot be read, or the
   *     listener cannot write; states saved before are untouched, and what was learnt since is
   *     saved if it can be
   * @throws TrainingDivergedException when the loss is no longer finite
   */
  public Result run(PretrainListener listener) throws IOException {
    try (PretrainSession session = open();
        PretrainEvaluator evaluator =
            new PretrainEvaluator(
                start.config(), choices, session.weights(), phases.get(0).source());
        BatchesAhead batches = new BatchesAhead(phases, choices, special)) {
      Progress progress = new Progress(session, evaluator, listener);
      try {
        progress.run(batches);
      } catch (IOException e) {
        progress.rescue(e);
        throw e;
      }
      return new Result(session.checkpoint(false), session.step(), choices.totalSteps());
    }
  }

  private PretrainSession open() throws IOException {
    Optional<Checkpoint> saved =
        saving.isPresent() ? saving.get().store().latest() : Optional.empty();
    return saved.isPresent()
        ? PretrainSession.resume(saved.get(), choices)
        : PretrainSession.continuing(start, choices, firstStep);
  }

  /** A run between its start and its end. */
  private final class Progress {
    private final PretrainSession session;
    private final PretrainEvaluator evaluator;
    private final PretrainListener listener;
    private long savedStep;
    private long savedAt = System.nanoTime();

    Progress(PretrainSession session, PretrainEvaluator evaluator, PretrainListener listener) {
      this.session = session;
      this.evaluator = evaluator;
      this.listener = listener;
      this.savedStep = session.step();
    }

    void run(BatchesAhead batches) throws IOException {
      boolean missed = session.step() > firstStep && !listener.hasEvaluation(session.step());
      boolean stop = missed && !evaluate();
      while (!stop && session.step() < choices.totalSteps()) {
        Optional<PretrainReport> report =
            session.step(batches.at(session.step()), listener::stopRequested);
        if (report.isPresent()) {
          listener.onStep(report.get());
        }
        stop = report.isEmpty() || isAskedToStop() || !evaluate();
        if (stop || isSavingDue()) {
          save();
        }
      }
    }

    /** A run that has made its last update is evaluated, whatever is asked. */
    private boolean isAskedToStop() {
      return session.step() < choices.totalSteps() && listener.stopRequested();
    }

    /** Evaluates if it is due; false if that was given up because the run shall stop. */
    private boolean evaluate() throws IOException {
      if (heldOut.isEmpty() || !isDue(session.step(), heldOut.get().everySteps())) {
        return true;
      }
      HeldOut on = heldOut.get();
      Optional<PretrainMetrics> metrics =
          evaluator.evaluate(on.source(), special, on.examples(), this::isAskedToStop);
      if (metrics.isPresent()) {
        listener.onEvaluation(session.step(), metrics.get());
      }
      return metrics.isPresent();
    }

    private boolean isSavingDue() {
      return saving.isPresent()
          && (isDue(session.step(), saving.get().everySteps())
              || System.nanoTime() - savedAt >= saving.get().atLeastEvery().toNanos());
    }

    private void save() throws IOException {
      if (saving.isPresent() && session.step() > savedStep) {
        saving.get().store().save(session.checkpoint(true));
        savedStep = session.step();
        savedAt = System.nanoTime();
        listener.onSave(savedStep);
      }
    }

    /** Saves what was learnt before a failure; if that fails, too, both are told. */
    void rescue(IOException failure) {
      try {
        save();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private boolean isDue(long step, long everySteps) {
    return step % everySteps == 0 || step == choices.totalSteps();
  }
}
