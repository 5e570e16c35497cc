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
 * then the drawing of replacements in plain Java, then the discriminator, or the encoder that
 * predicts the original tokens. No gradient flows through the drawing, so that the gradient of the
 * sum of both losses is the sum of their gradients, and nothing is computed twice; weights that
 * both networks use get the sum.
 */
public final class PretrainGraph implements AutoCloseable {
  private final ElectraConfig config;
  private final PretrainObjective objective;
  private final Optional<GeneratorGraph> generator;
  private final Optional<DiscriminatorGraph> discriminator;
  private final Optional<RestorationGraph> restorer;

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
    this.restorer =
        objective.kind().restores()
            ? Optional.of(new RestorationGraph(config, objective, weights, training))
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
              new LossGraph.Result(loss, null, Map.of(), Optional.empty()),
              zeros,
              replacements.draw(zeros, input.batch()));
      return second(input, generated, reader);
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
              return second(input, generated, reader);
            });
  }

  /** What the first phase left for the second. */
  private record Generated(LossGraph.Result result, SlotLogits slots, int[][] samples) {}

  private <T> T second(Input input, Generated generated, Function<PretrainOutcome, T> reader) {
    if (discriminator.isEmpty() && restorer.isEmpty()) {
      return reader.apply(outcome(input, generated, Verdict.none()));
    }
    boolean electric = objective.kind() == PretrainObjective.Kind.ELECTRIC;
    CorruptedBatch corrupted = CorruptedBatch.of(input.batch(), generated.samples(), electric);
    if (restorer.isPresent()) {
      return restorer
          .get()
          .run(
              input.batch(),
              corrupted,
              input.totals(),
              input.dropoutSeed(),
              restored -> reader.apply(outcome(input, generated, Verdict.of(restored))));
    }
    double[] noise = electric ? logNoise(generated.slots(), corrupted) : new double[0];
    return discriminator
        .get()
        .run(
            corrupted,
            input.totals(),
            noise,
            input.dropoutSeed(),
            result ->
                reader.apply(
                    outcome(
                        input,
                        generated,
                        Verdict.of(result, corrupted, discriminator.get().judged(corrupted)))));
  }

  /** What the second phase made of the replacements. */
  private record Verdict(
      double loss,
      Optional<PretrainOutcome.Detection> detection,
      Optional<PretrainOutcome.Restoration> restoration,
      Map<String, INDArray> gradients) {
    static Verdict none() {
      return new Verdict(0, Optional.empty(), Optional.empty(), Map.of());
    }

    static Verdict of(LossGraph.Result result, CorruptedBatch corrupted, int[][] judged) {
      double[][] logits = Flat.matrix(result.output(), corrupted.tokens().seq());
      PretrainOutcome.Detection detection =
          new PretrainOutcome.Detection(corrupted, judged, result.loss(), logits);
      return new Verdict(
          result.loss(), Optional.of(detection), Optional.empty(), result.gradients());
    }

    static Verdict of(RestorationGraph.Restored restored) {
      return new Verdict(
          restored.restoration().loss(),
          Optional.empty(),
          Optional.of(restored.restoration()),
          restored.gradients());
    }
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

  private PretrainOutcome outcome(Input input, Generated generated, Verdict verdict) {
    double generatorLoss = generated.result().loss();
    double loss =
        objective.generatorWeight() * generatorLoss
            + objective.discriminatorWeight() * verdict.loss();
    Map<String, INDArray> gradients = new LinkedHashMap<>(generated.result().gradients());
    verdict
        .gradients()
        .forEach(
            (name, gradient) -> gradients.merge(name, gradient, (sum, other) -> sum.addi(other)));
    Map<String, INDArray> lookedUp = takeLookedUp(gradients, generated.result().gradients());
    return new PretrainOutcome(
        input.batch(),
        loss,
        generatorLoss,
        generated.slots(),
        generated.samples(),
        verdict.detection(),
        verdict.restoration(),
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
        + discriminator.map(DiscriminatorGraph::bufferBytes).orElse(0L)
        + restorer.map(RestorationGraph::bufferBytes).orElse(0L);
  }

  /** Frees the native buffers; the weights stay. */
  @Override
  public void close() {
    generator.ifPresent(GeneratorGraph::close);
    discriminator.ifPresent(DiscriminatorGraph::close);
    restorer.ifPresent(RestorationGraph::close);
  }
}
