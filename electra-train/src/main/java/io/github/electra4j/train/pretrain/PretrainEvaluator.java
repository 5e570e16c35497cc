package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.graph.PretrainGraph;
import io.github.electra4j.train.graph.ReplacementSampler;
import io.github.electra4j.train.masking.MaskedBatch;
import io.github.electra4j.train.masking.Masker;
import io.github.electra4j.train.masking.MaskingRules;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Measures a model on held-out examples. Masks and random numbers are the same in every evaluation,
 * so that two evaluations differ only by the weights.
 */
public final class PretrainEvaluator implements AutoCloseable {
  private final PretrainConfig choices;
  private final PretrainGraph graph;
  private final ExampleSource learntFrom;
  private final int vocab;
  private final boolean readsChosen;
  private Optional<TokenFrequencies> frequencies = Optional.empty();

  /**
   * An evaluator of weights that may go on changing between the calls.
   *
   * @param weights all tensors of {@code config}; read anew in every evaluation
   * @param learntFrom the text that the model learns from; at the first evaluation its tokens are
   *     counted, for {@link PretrainMetrics#unigramLoss}
   */
  public PretrainEvaluator(
      ElectraConfig config, PretrainConfig choices, WeightMap weights, ExampleSource learntFrom) {
    this.choices = choices;
    this.learntFrom = learntFrom;
    this.vocab = config.vocabSize();
    this.readsChosen =
        config.generator().stream()
            .noneMatch(generator -> generator.kind() == GeneratorConfig.Kind.TWO_TOWER);
    this.graph = PretrainGraph.evaluating(config, choices.objective(), weights.arrays());
  }

  /**
   * Evaluates.
   *
   * @param limit most examples to use; the first ones are
   */
  public PretrainMetrics evaluate(ExampleSource heldOut, MaskingRules.SpecialIds special, int limit)
      throws IOException {
    return evaluate(heldOut, special, limit, () -> false).orElseThrow();
  }

  /**
   * As {@link #evaluate(ExampleSource, MaskingRules.SpecialIds, int)}, unless it is given up.
   *
   * @param stop asked before every batch
   * @return empty if it was given up
   */
  public Optional<PretrainMetrics> evaluate(
      ExampleSource heldOut, MaskingRules.SpecialIds special, int limit, BooleanSupplier stop)
      throws IOException {
    Masker masker = new Masker(choices.maskingRules(special, heldOut.seq()), choices.seed());
    int examples = Math.min(limit, heldOut.size());
    MetricSums sums = new MetricSums(new UnigramLoss(frequencies(special), readsChosen));
    for (int from = 0; from < examples; from += choices.microBatch()) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      int to = Math.min(examples, from + choices.microBatch());
      int[] indices = IntStream.range(from, to).toArray();
      MaskedBatch batch =
          masker.mask(
              heldOut.read(indices),
              new long[indices.length],
              Arrays.stream(indices).asLongStream().toArray());
      graph.run(
          PretrainGraph.Input.whole(batch, 0),
          ReplacementSampler.of(choices.objective()),
          outcome -> {
            sums.add(outcome);
            return null;
          });
    }
    return Optional.of(sums.metrics());
  }

  private TokenFrequencies frequencies(MaskingRules.SpecialIds special) throws IOException {
    if (frequencies.isEmpty()) {
      frequencies = Optional.of(TokenFrequencies.of(learntFrom, special, vocab));
    }
    return frequencies.get();
  }

  /** Frees the native buffers; the weights stay. */
  @Override
  public void close() {
    graph.close();
  }
}
