package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.TensorSpec.Initializer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TensorLayoutTest {
  @Test
  void publishedSizesHaveThePublishedCounts() {
    assertCounts(ElectraConfig.smallPlusPlus(), 402, 23_122_875L, 199, 13_483_008L);
    assertCounts(ElectraConfig.small(), 402, 14_196_219L, 199, 13_483_008L);
    assertCounts(ElectraConfig.base(), 400, 119_386_427L, 197, 108_891_648L);
    assertCounts(ElectraConfig.large(), 784, 354_655_291L, 389, 334_092_288L);
  }

  private static void assertCounts(
      ElectraConfig config, int variables, long numbers, int encoderVariables, long encoder) {
    List<TensorSpec> all = TensorLayout.of(config);
    assertEquals(variables, all.size());
    assertEquals(numbers, TensorLayout.parameterCount(all));
    List<TensorSpec> encoderOnly = TensorLayout.encoderOnly(config);
    assertEquals(encoderVariables, encoderOnly.size());
    assertEquals(encoder, TensorLayout.parameterCount(encoderOnly));
  }

  @Test
  void variantsOfSmallHaveTheCountsOfTheOriginal() {
    ElectraConfig small = ElectraConfig.small();
    GeneratorConfig generator = small.generator().orElseThrow();
    GeneratorConfig shared = GeneratorConfig.shared(small.encoder());
    assertEquals(203, TensorLayout.of(small.discriminatorOnly()).size());
    assertEquals(208, TensorLayout.of(small.withGenerator(shared)).size());
    assertEquals(
        204, TensorLayout.of(small.withGenerator(shared).withDiscriminatorHead(false)).size());
    assertEquals(
        405, TensorLayout.of(small.withGenerator(generator.withUntiedEmbeddings(true))).size());
    assertEquals(
        596,
        TensorLayout.of(small.withGenerator(GeneratorConfig.twoTower(small.encoder(), 0.25, 1.0)))
            .size());
  }

  @Test
  void disentangledEmbeddingsAreTheGeneratorsOwnAndAsWideAsTheDiscriminators() {
    ElectraConfig small = ElectraConfig.small();
    GeneratorConfig generator = small.generator().orElseThrow().withDisentangledEmbeddings(true);
    Map<String, TensorSpec> specs = byName(TensorLayout.of(small.withGenerator(generator)));
    assertEquals(402 + 5, specs.size());
    assertEquals(
        "generator/embeddings/word_embeddings [30522, 128]",
        specs.get("generator/embeddings/word_embeddings").toString());
    assertEquals(
        "generator/embeddings_project/kernel [128, 64]",
        specs.get("generator/embeddings_project/kernel").toString());
    assertEquals(128, small.embeddingSizeOf(generator));
    assertEquals(64, small.embeddingSizeOf(generator.withUntiedEmbeddings(true)));
    GeneratorConfig towers = GeneratorConfig.twoTower(small.encoder(), 0.25, 1.0);
    assertThrows(IllegalArgumentException.class, () -> towers.withDisentangledEmbeddings(true));
  }

  @Test
  void theEncoderMayPredictTokensItself() {
    ElectraConfig replace =
        ElectraConfig.small()
            .withDiscriminatorHead(false)
            .withVocabularyHead(Optional.of(VocabularyHead.PLAIN));
    assertEquals(398 + 5, TensorLayout.of(replace).size());
    Map<String, TensorSpec> all =
        byName(TensorLayout.of(replace.withVocabularyHead(Optional.of(VocabularyHead.COPYING))));
    assertEquals(398 + 7, all.size());
    assertEquals(
        "encoder_predictions/dense/kernel [256, 128]",
        all.get("encoder_predictions/dense/kernel").toString());
    assertEquals(
        "encoder_predictions/copy/kernel [256, 1]",
        all.get("encoder_predictions/copy/kernel").toString());
    assertTrue(replace.encoderOnly().vocabularyHead().isEmpty());
    assertTrue(replace.discriminatorOnly().vocabularyHead().isEmpty());
    assertTrue(replace.withVocabSize(9).vocabularyHead().isPresent());
  }

  @Test
  void untiedTowersOwnOneTableEach() {
    ElectraConfig small = ElectraConfig.small();
    GeneratorConfig towers =
        GeneratorConfig.twoTower(small.encoder(), 0.25, 1.0).withUntiedEmbeddings(true);
    Map<String, TensorSpec> specs = byName(TensorLayout.of(small.withGenerator(towers)));
    assertEquals(
        "generator_rtl/embeddings/word_embeddings [30522, 64]",
        specs.get("generator_rtl/embeddings/word_embeddings").toString());
    assertEquals(
        "cloze_predictions/dense/kernel [128, 64]",
        specs.get("cloze_predictions/dense/kernel").toString());
    assertFalse(specs.containsKey("generator_ltr/embeddings_project/kernel"));
  }

  @Test
  void everyTensorHasTheInitializerOfTheOriginal() {
    Map<String, TensorSpec> specs = byName(TensorLayout.of(ElectraConfig.small()));
    assertEquals(
        Initializer.GLOROT_UNIFORM, specs.get("electra/embeddings_project/kernel").initializer());
    assertEquals(
        Initializer.GLOROT_UNIFORM,
        specs.get("discriminator_predictions/dense_1/kernel").initializer());
    assertEquals(
        Initializer.TRUNCATED_NORMAL,
        specs.get("discriminator_predictions/dense/kernel").initializer());
    assertEquals(
        Initializer.TRUNCATED_NORMAL,
        specs.get("generator_predictions/dense/kernel").initializer());
    assertEquals(Initializer.ZEROS, specs.get("generator_predictions/output_bias").initializer());
    assertEquals(Initializer.ONES, specs.get("electra/embeddings/LayerNorm/gamma").initializer());
    assertEquals(Initializer.ZEROS, specs.get("electra/embeddings/LayerNorm/beta").initializer());
    assertTrue(specs.values().stream().allMatch(TensorSpec::trainable));
  }

  @Test
  void whatTrainingLeavesBehindIsIgnorable() {
    assertTrue(TensorLayout.isIgnorable("electra/embeddings/word_embeddings/adam_m"));
    assertTrue(TensorLayout.isIgnorable("electra/embeddings/word_embeddings/adam_v"));
    assertTrue(TensorLayout.isIgnorable("global_step"));
    assertTrue(TensorLayout.isIgnorable("generator_predictions/temperature"));
    assertFalse(TensorLayout.isIgnorable("electra/embeddings/word_embeddings"));
  }

  private static Map<String, TensorSpec> byName(List<TensorSpec> layout) {
    return layout.stream().collect(Collectors.toMap(TensorSpec::name, Function.identity()));
  }
}
