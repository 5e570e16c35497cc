package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.OptimizerState;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.TrainingDivergedException;
import io.github.electra4j.train.graph.PretrainGraph;
import io.github.electra4j.train.graph.PretrainOutcome;
import io.github.electra4j.train.graph.ReplacementSampler;
import io.github.electra4j.train.graph.Replacements;
import io.github.electra4j.train.masking.BatchTotals;
import io.github.electra4j.train.masking.Draws;
import io.github.electra4j.train.masking.MaskedBatch;
import io.github.electra4j.train.optimizer.AdamWeightDecay;
import io.github.electra4j.train.optimizer.GlobalNorm;
import io.github.electra4j.train.optimizer.LayerwiseDecay;
import io.github.electra4j.train.optimizer.LearningRateSchedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model while it is being pre-trained: weights of its own, the gradient graphs, the optimizer and
 * the number of updates made. The loop around it is {@code Pretrainer}; use it directly to feed
 * batches of one's own choice.
 */
public final class PretrainSession implements AutoCloseable {
  private static final double CLIP_NORM = 1.0;
  private static final long DROPOUT = 3;

  private final Checkpoint start;
  private final PretrainConfig choices;
  private final LearningRateSchedule schedule;
  private final Map<String, INDArray> own;
  private final WeightMap weights;
  private final PretrainGraph graph;
  private final AdamWeightDecay optimizer;
  private final DisentangledEmbeddings disentangled;
  private final Replacements sampler;
  private final GradientSum sum = new GradientSum();
  private long step;

  private PretrainSession(Checkpoint start, PretrainConfig choices, LearningRateSchedule schedule) {
    if (!start.heads().isEmpty()) {
      throw new IllegalArgumentException(
          "The checkpoint is fine-tuned for %s; pre-training goes on without task heads, so leave them out"
              .formatted(start.heads()));
    }
    this.start = start;
    this.choices = choices;
    this.schedule = schedule;
    this.own = start.weights().copy();
    this.weights = start.weights().with(own);
    this.graph = PretrainGraph.training(start.config(), choices.objective(), own);
    this.optimizer =
        new AdamWeightDecay(
            own, new LayerwiseDecay(1, start.config().encoder().layers()), choices.weightDecay());
    this.disentangled = new DisentangledEmbeddings(start.config(), own);
    this.sampler = ReplacementSampler.of(choices.objective());
  }

  /** A session at step 0 with fresh moments. */
  public static PretrainSession start(Checkpoint start, PretrainConfig choices) {
    return start(start, choices, choices.schedule());
  }

  /** As {@link #start(Checkpoint, PretrainConfig)}, with another schedule. */
  public static PretrainSession start(
      Checkpoint start, PretrainConfig choices, LearningRateSchedule schedule) {
    return new PretrainSession(start, choices, schedule);
  }

  /**
   * The session that {@link #checkpoint} saved, to the bit.
   *
   * @throws IllegalArgumentException when {@code saved} has no optimizer state
   */
  public static PretrainSession resume(Checkpoint saved, PretrainConfig choices) {
    return resume(saved, choices, choices.schedule());
  }

  /** As {@link #resume(Checkpoint, PretrainConfig)}, with another schedule. */
  public static PretrainSession resume(
      Checkpoint saved, PretrainConfig choices, LearningRateSchedule schedule) {
    OptimizerState state =
        saved
            .optimizer()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The saved checkpoint has no optimizer state, so training cannot go on from it; start afresh"));
    PretrainSession session = start(saved, choices, schedule);
    session.optimizer.restore(state.slots());
    session.step = state.globalStep();
    return session;
  }

  /**
   * A session that goes on with the moments of another run, whatever tensors they are for; the
   * others begin at 0. Without an optimizer state all do.
   *
   * @param step updates that count as made
   */
  public static PretrainSession continuing(Checkpoint other, PretrainConfig choices, long step) {
    PretrainSession session = start(other, choices);
    other.optimizer().ifPresent(state -> session.optimizer.restorePresent(state.slots()));
    session.step = step;
    return session;
  }

  /** Updates made so far. */
  public long step() {
    return step;
  }

  /** Updates of the whole run. */
  public long totalSteps() {
    return schedule.totalSteps();
  }

  /**
   * One update with replacements drawn from the generator.
   *
   * @param parts the batch, in parts that are computed one after the other
   * @throws TrainingDivergedException when loss or gradient are not finite; nothing has changed
   */
  public PretrainReport step(List<MaskedBatch> parts) {
    return step(parts, sampler);
  }

  /** As {@link #step(List)}, with replacements from elsewhere. */
  public PretrainReport step(List<MaskedBatch> parts, Replacements replacements) {
    return step(parts, replacements, () -> false).orElseThrow();
  }

  /**
   * As {@link #step(List)}, unless it is given up between two parts.
   *
   * @param stop asked before every part but the first
   * @return empty if it was given up; nothing has changed then
   */
  public Optional<PretrainReport> step(List<MaskedBatch> parts, BooleanSupplier stop) {
    return step(parts, sampler, stop);
  }

  private Optional<PretrainReport> step(
      List<MaskedBatch> parts, Replacements replacements, BooleanSupplier stop) {
    long from = System.nanoTime();
    BatchTotals totals =
        parts.stream().map(BatchTotals::of).reduce(BatchTotals::plus).orElseThrow();
    StepTally tally = new StepTally(start.config());
    sum.clear();
    for (int part = 0; part < parts.size(); part++) {
      if (part > 0 && stop.getAsBoolean()) {
        return Optional.empty();
      }
      long seed = Draws.mix(choices.seed(), DROPOUT, step, part);
      PretrainGraph.Input input = new PretrainGraph.Input(parts.get(part), totals, seed);
      graph.run(
          input,
          replacements,
          outcome -> {
            tally.add(outcome);
            sum.add(outcome);
            return null;
          });
    }
    double norm = sum.norm();
    float rate = schedule.at(step);
    if (!Double.isFinite(tally.loss()) || !Double.isFinite(norm)) {
      throw new TrainingDivergedException(step + 1, tally.loss(), norm, choices.learningRate());
    }
    float scale = GlobalNorm.scale(norm, CLIP_NORM);
    disentangled.during(() -> optimizer.step(sum.gradients(), rate, scale));
    step++;
    double seconds = (System.nanoTime() - from) / 1e9;
    return Optional.of(
        tally.report(new StepTally.Update(step, schedule.totalSteps(), rate, norm, seconds)));
  }

  /**
   * Losses and gradients of a batch without an update, for those who check them.
   *
   * @param reader reads the outcome, whose arrays are valid only while it runs
   */
  public <T> T gradients(
      MaskedBatch batch, Replacements replacements, Function<PretrainOutcome, T> reader) {
    return graph.run(PretrainGraph.Input.whole(batch, 0), replacements, reader);
  }

  /** The choices of the run. */
  public PretrainConfig choices() {
    return choices;
  }

  /** The weights as they stand; they follow further steps and must not be written to. */
  public WeightMap weights() {
    return weights;
  }

  /**
   * The model and, if asked for, what is needed to go on. The arrays follow further steps.
   *
   * @param withOptimizer whether to include the moments and the step
   */
  public Checkpoint checkpoint(boolean withOptimizer) {
    Optional<OptimizerState> state =
        withOptimizer ? Optional.of(new OptimizerState(step, optimizer.slots())) : Optional.empty();
    return new Checkpoint(start.config(), List.of(), weights, start.text(), state);
  }

  /** Bytes of native memory: weights, moments, gradients and intermediate results. */
  public long nativeBytes() {
    long parameters =
        Stream.of(own.values(), optimizer.slots().values(), sum.gradients().values())
            .flatMap(java.util.Collection::stream)
            .mapToLong(array -> array.length() * array.dataType().width())
            .sum();
    return parameters + graph.bufferBytes();
  }

  /** Frees the buffers of intermediate results. */
  @Override
  public void close() {
    graph.close();
  }
}
