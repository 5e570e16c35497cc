package io.github.electra4j.train.flops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.VocabularyHead;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The numbers that the original's script prints, to the last bit. */
class PretrainFlopsTest {
  private static final long VOCAB = 30522;
  private static final double FRACTION = TransformerFlops.PAPER_OUTPUT_FRACTION;

  private static TransformerFlops transformer(long hidden, long layers, long embedding, long seq) {
    return TransformerFlops.of(hidden, layers, seq, VOCAB, embedding);
  }

  @Test
  void partsOfTheThreeSizes() {
    assertParts(transformer(256, 12, 128, 128), 220594816.0, 1013006336.0, 161892280.0, 17137664);
    assertParts(
        transformer(768, 12, 768, 512), 8106543616.0, 24412028928.0, 3862867680.0, 608305152.0);
    assertParts(
        transformer(1024, 24, 1024, 512), 14029949440.0, 32549371904.0, 5186735840.0, 1079508992.0);
  }

  private static void assertParts(
      TransformerFlops flops, double block, double embeddings, double softmax, double head) {
    assertEquals(block, flops.block());
    assertEquals(embeddings, flops.embeddings());
    assertEquals(softmax, flops.outputSoftmax());
    assertEquals(head, flops.detectionHead());
  }

  @Test
  void languageModelsOfThePaper() {
    assertEquals(1.4187399146496e+18, transformer(256, 12, 128, 128).trainGenerator(128 * 1.45e6));
    assertEquals(6.428335104e+19, transformer(768, 12, 768, 512).trainGenerator(256e6));
    assertEquals(1.91720905883648e+20, transformer(1024, 24, 1024, 512).trainGenerator(256e6));
    assertEquals(
        3.968752230785352e+19,
        new TransformerFlops(768, 12, 512, 40000, 768, 3072, 12, 1.0)
            .trainGenerator(128 * 960800.0));
    assertEquals(
        3.187221435776e+21,
        TransformerFlops.of(1024, 24, 512, 50265, 1024).trainGenerator(8000 * 500000.0));
    assertEquals(
        3.113923955392512e+22,
        TransformerFlops.of(4096, 12, 512, 30000, 128).trainGenerator(4096 * 1.5e6));
  }

  @Test
  void electraInItsSizes() {
    assertRun(ElectraConfig.small(), 128, 128, 1_000_000, 1.293743798272e+18);
    assertRun(ElectraConfig.base(), 512, 256, 766_000, 6.424541834277683e+19);
    assertRun(ElectraConfig.large(), 512, 2048, 400_000, 7.117606040895488e+20);
    assertRun(ElectraConfig.large(), 512, 2048, 1_750_000, 3.113952642891776e+21);
  }

  private static void assertRun(
      ElectraConfig config, int seq, long batch, long steps, double expected) {
    assertEquals(expected, PretrainFlops.of(config, seq, FRACTION).total(batch, steps));
  }

  @Test
  void sharesOfBothNetworksAndOneStep() {
    PretrainFlops small = PretrainFlops.of(ElectraConfig.small(), 128, FRACTION);
    assertEquals(9.41384138752e17, small.discriminator() * 128e6);
    assertEquals(3.5235965952e17, small.generator() * 128e6);
    assertEquals(1293743798272.0, small.total(128, 1));
    assertEquals(
        83871303319552.0, PretrainFlops.of(ElectraConfig.base(), 512, FRACTION).total(256, 1));
    assertEquals(
        1779401510223872.0, PretrainFlops.of(ElectraConfig.large(), 512, FRACTION).total(2048, 1));
  }

  @Test
  void inferenceOnOneShortExample() {
    assertEquals(3677281792.0, transformer(256, 12, 128, 128).inference());
    assertEquals(28616498688.0, transformer(768, 12, 768, 128).inference());
    assertEquals(87465671680.0, transformer(1024, 24, 1024, 128).inference());
  }

  @Test
  void otherArchitectures() {
    ElectraConfig small = ElectraConfig.small();
    PretrainFlops both = PretrainFlops.of(small, 128, FRACTION);
    PretrainFlops uniform = PretrainFlops.of(small.discriminatorOnly(), 128, FRACTION);
    assertEquals(new PretrainFlops(0, both.discriminator()), uniform);
    ElectraConfig mlm =
        small.withDiscriminatorHead(false).withGenerator(GeneratorConfig.shared(small.encoder()));
    assertEquals(0, PretrainFlops.of(mlm, 128, FRACTION).discriminator());
    assertEquals(
        transformer(256, 12, 128, 128).trainGenerator(1),
        PretrainFlops.of(mlm, 128, FRACTION).perExample());
    ElectraConfig electric =
        small.withGenerator(GeneratorConfig.twoTower(small.encoder(), 0.25, 1));
    assertTrue(
        PretrainFlops.of(electric, 128, FRACTION).generator() > 2 * both.generator(),
        "two towers predict every token");
    assertThrows(IllegalArgumentException.class, () -> transformer(0, 1, 1, 1));
  }

  @Test
  void matrixProductsAreCountedByHand() {
    ElectraConfig config =
        ElectraConfig.small()
            .withVocabSize(11)
            .withEmbeddingSize(8)
            .withEncoder(new EncoderConfig(16, 1, 1, 24, 0, 0))
            .discriminatorOnly();
    double perToken = 2 * 8 * 16 + 2 * (4 * 16 * 16 + 2 * 16 * 24) + 2 * (4 * 16 + 4 * 16);
    double detection = 2 * 16 * 16 + 2 * 16;
    assertEquals(3 * 4 * (perToken + detection), PretrainFlops.executed(config, 4, 1));
    ElectraConfig mlm =
        config.withDiscriminatorHead(false).withGenerator(GeneratorConfig.shared(config.encoder()));
    double prediction = 2 * 16 * 8 + 2 * 8 * 11;
    assertEquals(3 * (4 * perToken + 2 * prediction), PretrainFlops.executed(mlm, 4, 2));
    ElectraConfig all =
        config.withDiscriminatorHead(false).withVocabularyHead(Optional.of(VocabularyHead.COPYING));
    assertEquals(3 * 4 * (perToken + prediction), PretrainFlops.executed(all, 4, 2));
    assertTrue(MachineSpeed.measure() > 1e6, "slower than a pocket calculator");
  }
}
