package io.github.electra4j.train;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.OptimizerState;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.graph.FineTuneGraph;
import io.github.electra4j.train.optimizer.AdamWeightDecay;
import io.github.electra4j.train.optimizer.GlobalNorm;
import io.github.electra4j.train.optimizer.LayerwiseDecay;
import io.github.electra4j.train.optimizer.LearningRateSchedule;
import io.github.electra4j.train.task.LabelledBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model while it is being fine-tuned: weights of its own, the gradient graph, the optimizer and
 * the number of steps made. {@link FineTuner} is the loop around it; use it directly to feed
 * batches of one's own choice.
 */
public final class FineTuneSession implements AutoCloseable {
  private static final double CLIP_NORM = 1.0;

  private final Checkpoint start;
  private final ElectraConfig config;
  private final List<TaskHead> heads;
  private final FineTuneConfig choices;
  private final LearningRateSchedule schedule;
  private final WeightMap weights;
  private final FineTuneGraph graph;
  private final AdamWeightDecay optimizer;
  private long step;

  private FineTuneSession(
      Checkpoint start,
      List<TaskHead> heads,
      FineTuneConfig choices,
      LearningRateSchedule schedule) {
    this.start = start;
    this.config = start.config().encoderOnly();
    this.heads = List.copyOf(heads);
    this.choices = choices;
    this.schedule = schedule;
    WeightMap shared = encoderAndHeads(start, heads, choices.seed());
    Map<String, INDArray> own = shared.copy();
    this.weights = shared.with(own);
    this.graph = new FineTuneGraph(config, heads, choices.headDropout(), own);
    this.optimizer =
        new AdamWeightDecay(
            own,
            new LayerwiseDecay(choices.layerwiseDecay(), config.encoder().layers()),
            choices.weightDecay());
  }

  /**
   * A session at step 0 with fresh moments. Encoder weights come from {@code start}, whatever it
   * was trained for before; the head's too, if it has this very head, otherwise they are new.
   *
   * @param totalSteps steps after which the learning rate is 0
   */
  public static FineTuneSession start(
      Checkpoint start, TaskHead head, FineTuneConfig choices, long totalSteps) {
    return start(start, List.of(head), choices, linear(choices, totalSteps));
  }

  /** As {@link #start(Checkpoint, TaskHead, FineTuneConfig, long)}, with several heads. */
  public static FineTuneSession start(
      Checkpoint start, List<TaskHead> heads, FineTuneConfig choices, long totalSteps) {
    return start(start, heads, choices, linear(choices, totalSteps));
  }

  /** As {@link #start(Checkpoint, TaskHead, FineTuneConfig, long)}, with another schedule. */
  public static FineTuneSession start(
      Checkpoint start, TaskHead head, FineTuneConfig choices, LearningRateSchedule schedule) {
    return start(start, List.of(head), choices, schedule);
  }

  /** A session with several heads and any schedule. */
  public static FineTuneSession start(
      Checkpoint start,
      List<TaskHead> heads,
      FineTuneConfig choices,
      LearningRateSchedule schedule) {
    return new FineTuneSession(start, heads, choices, schedule);
  }

  private static LearningRateSchedule linear(FineTuneConfig choices, long totalSteps) {
    return LearningRateSchedule.linear(
        choices.learningRate(), totalSteps, choices.warmupProportion());
  }

  /**
   * The session that {@link #checkpoint} saved, to the bit.
   *
   * @throws IllegalArgumentException when {@code saved} has no optimizer state or another head
   */
  public static FineTuneSession resume(
      Checkpoint saved, TaskHead head, FineTuneConfig choices, long totalSteps) {
    return resume(saved, List.of(head), choices, totalSteps);
  }

  /** As {@link #resume(Checkpoint, TaskHead, FineTuneConfig, long)}, with several heads. */
  public static FineTuneSession resume(
      Checkpoint saved, List<TaskHead> heads, FineTuneConfig choices, long totalSteps) {
    OptimizerState state =
        saved
            .optimizer()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The saved checkpoint has no optimizer state, so training cannot go on from it; start afresh"));
    if (!saved.heads().equals(heads)) {
      throw new IllegalArgumentException(
          "The saved checkpoint has the heads %s, not %s".formatted(saved.heads(), heads));
    }
    FineTuneSession session = start(saved, heads, choices, totalSteps);
    session.optimizer.restore(state.slots());
    session.step = state.globalStep();
    return session;
  }

  private static WeightMap encoderAndHeads(Checkpoint start, List<TaskHead> heads, long seed) {
    WeightMap weights = start.weights().subset(TensorLayout.encoderOnly(start.config()));
    for (TaskHead head : heads) {
      List<TensorSpec> specs = TensorLayout.taskHead(head, start.config().encoder().hiddenSize());
      weights =
          weights.plus(
              start.heads().contains(head)
                  ? start.weights().subset(specs)
                  : WeightMap.initialise(specs, start.config().initializerRange(), seed));
    }
    return weights;
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
   * One update.
   *
   * @throws TrainingDivergedException when loss or gradient are not finite; nothing has changed
   */
  public StepReport step(LabelledBatch batch) {
    long dropoutSeed = choices.seed() * 0x9E3779B97F4A7C15L + step;
    return graph.step(batch, dropoutSeed, outcome -> update(batch, outcome));
  }

  private StepReport update(LabelledBatch batch, FineTuneGraph.Outcome outcome) {
    double norm = GlobalNorm.of(outcome.normTerms());
    float rate = schedule.at(step);
    if (!Double.isFinite(outcome.loss()) || !Double.isFinite(norm)) {
      throw new TrainingDivergedException(step + 1, outcome.loss(), norm, choices.learningRate());
    }
    optimizer.step(outcome.gradients(), rate, GlobalNorm.scale(norm, CLIP_NORM));
    step++;
    int tokens = 0;
    for (int[] row : batch.tokens().attentionMask()) {
      tokens += java.util.Arrays.stream(row).sum();
    }
    return new StepReport(
        step, schedule.totalSteps(), outcome.loss(), batch.examples(), tokens, rate, norm);
  }

  /**
   * Loss and gradients of a batch without an update, for those who check them.
   *
   * @param dropoutSeed seed of the masks
   * @param reader reads the arrays, which are valid only while it runs
   */
  public <T> T gradients(
      LabelledBatch batch,
      long dropoutSeed,
      java.util.function.Function<FineTuneGraph.Outcome, T> reader) {
    return graph.step(batch, dropoutSeed, reader);
  }

  /** The model as it stands; it follows further steps. */
  public FineTunedModel model() {
    return FineTunedModel.of(config, heads, weights);
  }

  /**
   * The model and, if asked for, what is needed to go on.
   *
   * @param withOptimizer whether to include the moments and the step
   */
  public Checkpoint checkpoint(boolean withOptimizer) {
    Optional<OptimizerState> state =
        withOptimizer ? Optional.of(new OptimizerState(step, optimizer.slots())) : Optional.empty();
    return new Checkpoint(config, heads, weights, start.text(), state);
  }

  /** Bytes of native memory: weights, moments and intermediate results. */
  public long nativeBytes() {
    long parameters =
        Stream.concat(weights.arrays().values().stream(), optimizer.slots().values().stream())
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
