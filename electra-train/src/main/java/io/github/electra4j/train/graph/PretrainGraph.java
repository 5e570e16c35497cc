package io.github.electra4j.train.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.graph.Embeddings;
import io.github.electra4j.train.masking.BatchTotals;
import io.github.electra4j.train.masking.CorruptedBatch;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Loss and gradients of pre-training, in two phases: the generator with its loss and gradients,
 * then the drawing of replacements in plain Java, then the discriminator. No gradient flows through
 * the drawing, so that the gradient of the sum of both losses is the sum of their gradients, and
 * nothing is computed twice; weights that both networks use get the sum.
 */
public final class PretrainGraph implements AutoCloseable {
  private final ElectraConfig config;
  private final PretrainObjective objective;
  private final Optional<GeneratorGraph> generator;
  private final Optional<DiscriminatorGraph> discriminator;

  private PretrainGraph(
      ElectraConfig config,
      PretrainObjective objective,
      Map<String, INDArray> weights,
      boolean training) {
    objective.requireFitting(config);
    this.config = config;
    this.objective = objective;
    this.generator =
        config
            .generator()
            .map(
                g -> new GeneratorGraph(config, g, weights, objective.generatorWeight(), training));
    this.discriminator =
        objective.kind().detects()
            ? Optional.of(new DiscriminatorGraph(config, objective, weights, training))
            : Optional.empty();
  }

  /**
   * A graph with dropout and gradients.
   *
   * @param weights arrays by name, all FLOAT, or all DOUBLE to check gradients; the graph reads
   *     these very arrays in every step
   */
  public static PretrainGraph training(
      ElectraConfig config, PretrainObjective objective, Map<String, INDArray> weights) {
    return new PretrainGraph(config, objective, weights, true);
  }

  /** A graph without dropout and gradients. */
  public static PretrainGraph evaluating(
      ElectraConfig config, PretrainObjective objective, Map<String, INDArray> weights) {
    return new PretrainGraph(config, objective, weights, false);
  }

  /**
   * A step's input.
   *
   * @param batch the examples
   * @param totals {@link BatchTotals} of the batch of which {@code batch} is a part, or the whole
   * @param dropoutSeed another one for every part of every step
   */
  public record Input(MaskedBatch batch, BatchTotals totals, long dropoutSeed) {
    /** A whole batch. */
    public static Input whole(MaskedBatch batch, long dropoutSeed) {
      return new Input(batch, BatchTotals.of(batch), dropoutSeed);
    }
  }

  /**
   * Computes losses and gradients.
   *
   * @param replacements where replacements come from
   * @param reader turns the outcome into what the caller needs
   */
  public <T> T run(Input input, Replacements replacements, Function<PretrainOutcome, T> reader) {
    if (generator.isEmpty()) {
      double loss =
          Math.log(config.vocabSize()) * input.batch().chosen() * input.totals().perChosen();
      SlotLogits zeros = SlotLogits.zeros(config.vocabSize());
      Generated generated =
          new Generated(
              new LossGraph.Result(loss, null, Map.of()),
              zeros,
              replacements.draw(zeros, input.batch()));
      return detect(input, generated, reader);
    }
    return generator
        .get()
        .run(
            input.batch(),
            input.totals(),
            input.dropoutSeed(),
            result -> {
              SlotLogits slots = generator.get().slots(result.output(), input.batch());
              Generated generated =
                  new Generated(result, slots, replacements.draw(slots, input.batch()));
              return detect(input, generated, reader);
            });
  }

  /** What the first phase left for the second. */
  private record Generated(LossGraph.Result result, SlotLogits slots, int[][] samples) {}

  private <T> T detect(Input input, Generated generated, Function<PretrainOutcome, T> reader) {
    if (discriminator.isEmpty()) {
      return reader.apply(outcome(input, generated, Optional.empty(), Map.of()));
    }
    boolean electric = objective.kind() == PretrainObjective.Kind.ELECTRIC;
    CorruptedBatch corrupted = CorruptedBatch.of(input.batch(), generated.samples(), electric);
    double[] noise = electric ? logNoise(generated.slots(), corrupted) : new double[0];
    return discriminator
        .get()
        .run(
            corrupted,
            input.totals(),
            noise,
            input.dropoutSeed(),
            result -> {
              PretrainOutcome.Detection detection =
                  new PretrainOutcome.Detection(
                      corrupted, result.loss(), matrix(result.output(), corrupted.tokens().seq()));
              return reader.apply(
                  outcome(input, generated, Optional.of(detection), result.gradients()));
            });
  }

  /** {@code log q + log(k / (1 − k))} of every token that the discriminator reads. */
  private double[] logNoise(SlotLogits logits, CorruptedBatch corrupted) {
    double share = objective.maskProbability();
    double odds = Math.log(share / (1 - share));
    int[] ids = Flat.ints(corrupted.tokens().inputIds());
    int seq = corrupted.tokens().seq();
    double[] noise = new double[ids.length];
    IntStream.range(0, corrupted.tokens().batch())
        .parallel()
        .forEach(
            row -> {
              double[] buffer = new double[logits.vocab()];
              for (int token = row * seq; token < (row + 1) * seq; token++) {
                noise[token] = logits.logProbability(token, ids[token], buffer) + odds;
              }
            });
    return noise;
  }

  private static double[][] matrix(INDArray column, int seq) {
    double[] values = column.dup('c').data().asDouble();
    double[][] rows = new double[values.length / seq][seq];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(values, row * seq, rows[row], 0, seq);
    }
    return rows;
  }

  private PretrainOutcome outcome(
      Input input,
      Generated generated,
      Optional<PretrainOutcome.Detection> detection,
      Map<String, INDArray> detectionGradients) {
    double generatorLoss = generated.result().loss();
    double loss =
        objective.generatorWeight() * generatorLoss
            + objective.discriminatorWeight()
                * detection.map(PretrainOutcome.Detection::loss).orElse(0.0);
    Map<String, INDArray> gradients = new LinkedHashMap<>(generated.result().gradients());
    detectionGradients.forEach(
        (name, gradient) -> gradients.merge(name, gradient, (sum, other) -> sum.addi(other)));
    Map<String, INDArray> lookedUp = takeLookedUp(gradients, generated.result().gradients());
    return new PretrainOutcome(
        input.batch(),
        loss,
        generatorLoss,
        generated.slots(),
        generated.samples(),
        detection,
        gradients,
        lookedUp);
  }

  /** Moves the gradients of looked-up rows out; those of tables tied to the softmax are dropped. */
  private Map<String, INDArray> takeLookedUp(
      Map<String, INDArray> gradients, Map<String, INDArray> ofGenerator) {
    Map<String, INDArray> lookedUp = new LinkedHashMap<>();
    generator.ifPresent(g -> g.onlyLookedUp().forEach(path -> take(path, gradients, lookedUp)));
    discriminator.ifPresent(
        d -> {
          boolean tied = ofGenerator.containsKey(table(d.embeddings()));
          take(d.embeddings(), gradients, tied ? new LinkedHashMap<>() : lookedUp);
        });
    return lookedUp;
  }

  private static void take(String path, Map<String, INDArray> from, Map<String, INDArray> to) {
    INDArray rows = from.remove(Embeddings.lookupName(path));
    if (rows != null) {
      to.put(table(path), rows);
    }
  }

  private static String table(String embeddingsPath) {
    return embeddingsPath + "/word_embeddings";
  }

  /** Bytes of native memory for intermediate results. */
  public long bufferBytes() {
    return generator.map(GeneratorGraph::bufferBytes).orElse(0L)
        + discriminator.map(DiscriminatorGraph::bufferBytes).orElse(0L);
  }

  /** Frees the native buffers; the weights stay. */
  @Override
  public void close() {
    generator.ifPresent(GeneratorGraph::close);
    discriminator.ifPresent(DiscriminatorGraph::close);
  }
}
