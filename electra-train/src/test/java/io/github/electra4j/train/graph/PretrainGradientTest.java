package io.github.electra4j.train.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.graph.PretrainObjective.Kind;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Finite differences in double precision through the whole loss, dropout included. */
class PretrainGradientTest {
  private static final double STEP = 1e-5;
  private static final long SEED = 77;
  private static final MaskedBatch BATCH = SmallestNetwork.fullBatch();
  private static final EncoderConfig LARGE = new EncoderConfig(32, 1, 2, 24, 0.1, 0.1);
  private static final EncoderConfig SMALL = new EncoderConfig(16, 1, 1, 16, 0.1, 0.1);

  private static ElectraConfig config(Optional<GeneratorConfig> generator) {
    return new ElectraConfig(32, 24, 8, 2, 0.02, LARGE, generator, true);
  }

  private static ElectraConfig separate() {
    return config(Optional.of(new GeneratorConfig(GeneratorConfig.Kind.SEPARATE, SMALL, false)));
  }

  @Test
  void electra() {
    check(separate(), Kind.ELECTRA);
  }

  @Test
  void electraAtMaskedPositions() {
    check(separate(), Kind.ELECTRA_MASKED_ONLY);
  }

  @Test
  void aGeneratorWithEmbeddingsOfItsOwn() {
    check(
        separate().withGenerator(separate().generator().orElseThrow().withUntiedEmbeddings(true)),
        Kind.ELECTRA);
  }

  @Test
  void oneNetworkForBothRoles() {
    check(config(Optional.of(GeneratorConfig.shared(LARGE))), Kind.ELECTRA);
  }

  @Test
  void aUniformGenerator() {
    check(config(Optional.empty()), Kind.ELECTRA);
  }

  @Test
  void maskedLanguageModel() {
    check(
        config(Optional.of(GeneratorConfig.shared(LARGE))).withDiscriminatorHead(false), Kind.MLM);
  }

  private static ElectraConfig restoring(Kind kind) {
    return separate().withDiscriminatorHead(false).withVocabularyHead(kind.vocabularyHead());
  }

  @Test
  void anEncoderThatFindsReplacementsInsteadOfMasks() {
    check(restoring(Kind.REPLACE_MLM), Kind.REPLACE_MLM);
  }

  @Test
  void anEncoderThatPredictsOrCopiesEveryToken() {
    check(restoring(Kind.ALL_TOKENS_MLM), Kind.ALL_TOKENS_MLM);
  }

  @Test
  void disentangledEmbeddings() {
    check(
        separate()
            .withGenerator(separate().generator().orElseThrow().withDisentangledEmbeddings(true)),
        Kind.ELECTRA);
  }

  /** Each loss reaches the embeddings of its own network alone, whatever its weight. */
  @Test
  void disentangledEmbeddingsGetTheGradientOfOneLossEach() {
    ElectraConfig config =
        separate()
            .withGenerator(separate().generator().orElseThrow().withDisentangledEmbeddings(true));
    Map<String, INDArray> weights = weights(config);
    Map<String, INDArray> both = gradients(config, weights, 1, 50);
    Map<String, INDArray> generator = gradients(config, weights, 1, 0);
    Map<String, INDArray> discriminator = gradients(config, weights, 0, 50);
    for (String table : List.of("word_embeddings", "position_embeddings", "LayerNorm/gamma")) {
      String own = "generator/embeddings/" + table;
      String sum = "electra/embeddings/" + table;
      assertEquals(generator.get(own), both.get(own), own);
      assertEquals(0, discriminator.get(own).norm2Number().doubleValue(), own);
      assertEquals(discriminator.get(sum), both.get(sum), sum);
      assertEquals(0, generator.get(sum).norm2Number().doubleValue(), sum);
      assertTrue(both.get(own).norm2Number().doubleValue() > 0, own);
      assertTrue(both.get(sum).norm2Number().doubleValue() > 0, sum);
    }
  }

  private static Map<String, INDArray> gradients(
      ElectraConfig config, Map<String, INDArray> weights, double generator, double other) {
    PretrainObjective objective = PretrainObjective.of(Kind.ELECTRA).withWeights(generator, other);
    try (PretrainGraph graph = PretrainGraph.training(config, objective, weights)) {
      return gradients(graph);
    }
  }

  @Test
  void towersWithEmbeddingsOfTheirOwn() {
    check(
        config(Optional.of(new GeneratorConfig(GeneratorConfig.Kind.TWO_TOWER, SMALL, true))),
        Kind.ELECTRA);
  }

  /** Electric's noise term is a constant to the gradient, so that only the rest is compared. */
  @Test
  void electric() {
    ElectraConfig config =
        config(Optional.of(new GeneratorConfig(GeneratorConfig.Kind.TWO_TOWER, SMALL, false)));
    PretrainObjective objective = PretrainObjective.of(Kind.ELECTRIC);
    Map<String, INDArray> weights = weights(config);
    try (PretrainGraph whole = PretrainGraph.training(config, objective, weights);
        PretrainGraph generator =
            PretrainGraph.training(config, objective.withWeights(1, 0), weights)) {
      Map<String, INDArray> gradients = gradients(whole);
      Map<String, INDArray> ofGenerator = gradients(generator);
      for (Map.Entry<String, List<String>> group : groups(weights.keySet()).entrySet()) {
        switch (group.getKey()) {
          case "generator_ltr", "generator_rtl", "cloze_predictions" -> {
            compare(generator, weights, ofGenerator, group.getValue());
            group
                .getValue()
                .forEach(name -> assertEquals(ofGenerator.get(name), gradients.get(name), name));
          }
          case "discriminator_predictions", "electra" ->
              compare(whole, weights, gradients, group.getValue());
          default -> assertEquals("embeddings", group.getKey());
        }
      }
    }
  }

  private static void check(ElectraConfig config, Kind kind) {
    Map<String, INDArray> weights = weights(config);
    try (PretrainGraph graph =
        PretrainGraph.training(config, PretrainObjective.of(kind), weights)) {
      Map<String, INDArray> gradients = gradients(graph);
      assertEquals(weights.keySet(), gradients.keySet());
      groups(weights.keySet()).values().forEach(group -> compare(graph, weights, gradients, group));
    }
  }

  private static Map<String, INDArray> weights(ElectraConfig config) {
    return WeightMap.initialise(TensorLayout.of(config), 0.3, 4).castTo(DataType.DOUBLE).copy();
  }

  /** The names by network, with the shared embeddings as a group of their own. */
  private static Map<String, List<String>> groups(Set<String> names) {
    return names.stream()
        .collect(
            Collectors.groupingBy(
                name ->
                    name.startsWith("electra/embeddings/")
                        ? "embeddings"
                        : name.substring(0, name.indexOf('/'))));
  }

  private static Map<String, INDArray> gradients(PretrainGraph graph) {
    return graph.run(
        PretrainGraph.Input.whole(BATCH, SEED),
        SmallestNetwork.samples(),
        outcome -> {
          Map<String, INDArray> copies = new LinkedHashMap<>();
          outcome.gradients().forEach((name, gradient) -> copies.put(name, gradient.dup()));
          return copies;
        });
  }

  /** Compares the slope along a random direction through all weights of a group. */
  private static void compare(
      PretrainGraph graph,
      Map<String, INDArray> weights,
      Map<String, INDArray> gradients,
      List<String> group) {
    Random random = new Random(group.hashCode());
    Map<String, INDArray> direction = new LinkedHashMap<>();
    double slope = 0;
    for (String name : group) {
      double[] values = new double[(int) weights.get(name).length()];
      Arrays.setAll(values, i -> random.nextGaussian() / 20);
      INDArray part = Nd4j.createFromArray(values).reshape(weights.get(name).shape());
      direction.put(name, part);
      slope += part.mul(gradients.get(name)).sumNumber().doubleValue();
    }
    double above = loss(graph, weights, direction, STEP);
    double below = loss(graph, weights, direction, -STEP);
    double numeric = (above - below) / (2 * STEP);
    assertEquals(numeric, slope, 1e-6 * Math.max(1, Math.abs(numeric)), () -> "slope of " + group);
  }

  private static double loss(
      PretrainGraph graph,
      Map<String, INDArray> weights,
      Map<String, INDArray> direction,
      double step) {
    Map<String, INDArray> before = new LinkedHashMap<>();
    direction.forEach(
        (name, part) -> {
          before.put(name, weights.get(name).dup());
          weights.get(name).addi(part.mul(step));
        });
    double loss =
        graph.run(
            PretrainGraph.Input.whole(BATCH, SEED),
            SmallestNetwork.samples(),
            PretrainOutcome::loss);
    before.forEach((name, values) -> weights.get(name).assign(values));
    return loss;
  }
}
