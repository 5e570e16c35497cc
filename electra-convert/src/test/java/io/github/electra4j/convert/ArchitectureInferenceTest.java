package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.VocabularyHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureInferenceTest {
  private static final EncoderConfig ENCODER = new EncoderConfig(192, 3, 3, 500, 0.1, 0.1);
  private static final ElectraConfig SMALL = config(64);

  private static ElectraConfig config(int embeddingSize) {
    return new ElectraConfig(
        1000,
        embeddingSize,
        77,
        3,
        0.02,
        ENCODER,
        java.util.Optional.of(GeneratorConfig.of(ENCODER, 0.5, 0.5)),
        true);
  }

  static Stream<ElectraConfig> configurations() {
    return Stream.of(
        ElectraConfig.tiny(500),
        ElectraConfig.small(),
        ElectraConfig.smallPlusPlus(),
        ElectraConfig.base(),
        ElectraConfig.large(),
        SMALL,
        config(192),
        SMALL.withGenerator(SMALL.generator().orElseThrow().withUntiedEmbeddings(true)),
        SMALL.withGenerator(SMALL.generator().orElseThrow().withDisentangledEmbeddings(true)),
        SMALL.withGenerator(GeneratorConfig.shared(ENCODER)),
        SMALL.withGenerator(GeneratorConfig.shared(ENCODER)).withDiscriminatorHead(false),
        SMALL.withGenerator(GeneratorConfig.twoTower(ENCODER, 1.0 / 3, 1)),
        SMALL.withGenerator(
            GeneratorConfig.twoTower(ENCODER, 1.0 / 3, 1).withUntiedEmbeddings(true)),
        SMALL.withDiscriminatorHead(false).withVocabularyHead(Optional.of(VocabularyHead.PLAIN)),
        SMALL.withDiscriminatorHead(false).withVocabularyHead(Optional.of(VocabularyHead.COPYING)),
        SMALL.discriminatorOnly(),
        SMALL.encoderOnly());
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyConfigurationIsFoundFromItsTensorsAlone(ElectraConfig config) throws Exception {
    Map<String, long[]> shapes = Shapes.of(config);
    assertEquals(
        config, ArchitectureInference.infer("m", shapes, ArchitectureHints.none()).config());
    Map<String, long[]> withSlots = new LinkedHashMap<>(shapes);
    shapes.forEach((name, shape) -> withSlots.put(name + "/adam_m", shape));
    withSlots.put("global_step", new long[0]);
    withSlots.put("generator_predictions/temperature", new long[0]);
    assertEquals(
        config, ArchitectureInference.infer("m", withSlots, ArchitectureHints.none()).config());
  }

  @Test
  void moreLayersThanAnEncoderMayHaveAreRefused() {
    Map<String, long[]> shapes = new LinkedHashMap<>(Shapes.of(SMALL));
    for (int layer = 3; layer <= 1000; layer++) {
      shapes.put("electra/encoder/layer_%d/output/dense/bias".formatted(layer), new long[] {192});
    }
    MalformedFileException error =
        assertThrows(
            MalformedFileException.class,
            () -> ArchitectureInference.infer("m", shapes, ArchitectureHints.none()));
    assertTrue(
        error.getMessage().contains("has layers up to layer_1000; at most 1000 can be read"),
        error::getMessage);
  }

  @Test
  void everyNumberHasItsReason() throws Exception {
    List<String> reasons =
        ArchitectureInference.infer("m", Shapes.of(SMALL), ArchitectureHints.none()).reasons();
    assertTrue(
        reasons.contains(
            "discriminator: hidden size 192 from electra/encoder/layer_0/attention/self/query/kernel [192, 192]"),
        reasons::toString);
    assertTrue(
        reasons.contains("generator: 2 layer(s) from generator/encoder/layer_0 to layer_1"),
        reasons::toString);
    assertTrue(
        reasons.contains(
            "[vocabulary, embedding] = [1000, 64] from electra/embeddings/word_embeddings"),
        reasons::toString);
  }

  @Test
  void headsComeFromHintsAndAReferenceGivesTheRest() throws Exception {
    ArchitectureHints hints =
        ArchitectureHints.none().withAttentionHeads(6).withGeneratorAttentionHeads(8);
    ElectraConfig given = ArchitectureInference.infer("m", Shapes.of(SMALL), hints).config();
    assertEquals(6, given.encoder().attentionHeads());
    assertEquals(8, given.generator().orElseThrow().encoder().attentionHeads());

    EncoderConfig other = new EncoderConfig(192, 3, 12, 500, 0, 0.3);
    ElectraConfig reference = SMALL.withEncoder(other).withInitializerRange(0.5).encoderOnly();
    ElectraConfig found =
        ArchitectureInference.infer(
                "m", Shapes.of(SMALL), ArchitectureHints.none().withReference(reference))
            .config();
    assertEquals(other, found.encoder());
    assertEquals(0.5, found.initializerRange());
    assertEquals(
        new EncoderConfig(96, 2, 1, 384, 0, 0.3), found.generator().orElseThrow().encoder());
  }

  @Test
  void aReferenceMustNotContradictTheTensors() {
    ElectraConfig reference =
        SMALL.withVocabSize(999).withEncoder(new EncoderConfig(192, 4, 3, 500, 0, 0));
    String message = failure(Shapes.of(SMALL), ArchitectureHints.none().withReference(reference));
    assertTrue(message.contains("2 problem(s)"), message);
    assertTrue(
        message.contains("vocabulary size: the tensors have 1000, the configuration says 999"),
        message);
    assertTrue(message.contains("discriminator's layers: the tensors have 3"), message);
  }

  @Test
  void headsThatDoNotDivideAreRefused() {
    String message = failure(Shapes.of(SMALL), ArchitectureHints.none().withAttentionHeads(5));
    assertTrue(message.contains("5 attention heads (as given) do not divide"), message);
    assertThrows(
        IllegalArgumentException.class, () -> ArchitectureHints.none().withAttentionHeads(0));
    assertTrue(
        failure(
                Shapes.of(SMALL.discriminatorOnly()),
                ArchitectureHints.none().withGeneratorAttentionHeads(1))
            .contains("there is no generator of its own"));
  }

  @Test
  void allThatIsMissingIsNamedAtOnce() {
    Map<String, long[]> shapes = Shapes.of(SMALL);
    shapes.remove("electra/embeddings/position_embeddings");
    shapes.put("electra/embeddings/token_type_embeddings", new long[] {2});
    shapes.keySet().removeIf(name -> name.startsWith("electra/encoder/layer_1/"));
    String message = failure(shapes, ArchitectureHints.none());
    assertTrue(message.contains("3 problem(s)"), message);
    assertTrue(message.contains("position_embeddings [positions, embedding] is missing"), message);
    assertTrue(message.contains("token_type_embeddings has shape [2], not"), message);
    assertTrue(message.contains("layers up to layer_2, but none of number [1]"), message);
  }

  @Test
  void aHiddenSizeThatIsNotOneNumberIsRefused() {
    Map<String, long[]> shapes = Shapes.of(SMALL);
    shapes.put("electra/encoder/layer_0/intermediate/dense/kernel", new long[] {191, 500});
    assertTrue(
        failure(shapes, ArchitectureHints.none()).contains("the hidden size is not one number"));
  }

  @Test
  void twoKindsOfGeneratorAreRefused() {
    Map<String, long[]> shapes = Shapes.of(SMALL);
    shapes.putAll(Shapes.of(SMALL.withGenerator(GeneratorConfig.twoTower(ENCODER, 1.0 / 3, 1))));
    assertTrue(
        failure(shapes, ArchitectureHints.none()).contains("a model has one kind of generator"));
  }

  @Test
  void aGeneratorAloneIsNoModel() {
    Map<String, long[]> shapes = Shapes.of(SMALL);
    shapes.keySet().removeIf(name -> name.startsWith("electra/encoder/"));
    assertTrue(
        failure(shapes, ArchitectureHints.none()).contains("electra/encoder/layer_0/… is missing"));
  }

  @Test
  void headsAreFoundByTheirLayersAndOthersAreNot() throws Exception {
    Map<String, long[]> shapes = Shapes.of(SMALL.encoderOnly());
    shapes.put("task_specific/sst/dense/kernel", new long[] {192, 2});
    shapes.put("task_specific/sst/dense/bias", new long[] {2});
    shapes.put("task_specific/sst/dense/bias/adam_v", new long[] {2});
    shapes.put("task_specific/squad/dense/kernel", new long[] {192, 1});
    shapes.put("task_specific/squad/dense/bias", new long[] {1});
    shapes.put("task_specific/squad/qa_hidden/bias", new long[] {512});
    Architecture found = ArchitectureInference.infer("m", shapes, ArchitectureHints.none());
    assertEquals(List.of(new TaskHead.Classification("sst", List.of("0", "1"))), found.heads());
  }

  @Test
  void bertIsRefusedWithAListOfWhatDoesNotFit() {
    String message = failure(Shapes.bert(SMALL.encoderOnly()), ArchitectureHints.none());
    assertTrue(message.contains("m is a BERT checkpoint, not an ELECTRA one"), message);
    assertTrue(message.contains("2 bert/pooler: a pooler, which ELECTRA does not have"), message);
    assertTrue(message.contains("optimizer slots"), message);
    assertTrue(message.contains("from-bert"), message);
  }

  @Test
  void somethingElseIsRefusedWithItsGroups() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int i = 0; i < 30; i++) {
      shapes.put("model/block_" + i + "/kernel", new long[] {2, 2});
    }
    String message = failure(shapes, ArchitectureHints.none());
    assertTrue(message.contains("m is not an ELECTRA checkpoint"), message);
    assertTrue(message.contains("and 10 more group(s)"), message);
  }

  @Test
  void huggingFacesNamesAreRecognised() {
    Map<String, long[]> shapes =
        Map.of("electra.embeddings.word_embeddings.weight", new long[] {1000, 64});
    assertTrue(failure(shapes, ArchitectureHints.none()).contains("under HuggingFace's names"));
  }

  private static String failure(Map<String, long[]> shapes, ArchitectureHints hints) {
    return assertThrows(
            MalformedFileException.class, () -> ArchitectureInference.infer("m", shapes, hints))
        .getMessage();
  }
}
