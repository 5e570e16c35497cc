package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartingPointTest {
  private static final ElectraConfig CONFIG = TinyText.start(0).config();

  @Test
  void aDiscriminatorGetsANewGenerator() {
    Checkpoint discriminator =
        StartingPoint.fresh(CONFIG.discriminatorOnly(), Optional.empty(), 8).checkpoint();
    StartingPoint start = StartingPoint.from(discriminator, CONFIG, 9);
    assertEquals(discriminator.weights().names().size(), start.taken().size());
    assertTrue(start.fresh().stream().allMatch(name -> name.startsWith("generator")));
    assertEquals(List.of(), start.leftOut());
    String words = "electra/embeddings/word_embeddings";
    assertEquals(discriminator.weights().get(words), start.checkpoint().weights().get(words));
    assertTrue(start.summary().contains(start.fresh().size() + " new"), start.summary());
  }

  @Test
  void whatHasAnotherShapeIsNewAndSaid() {
    ElectraConfig wider =
        CONFIG.withGenerator(
            new GeneratorConfig(
                GeneratorConfig.Kind.SEPARATE, new EncoderConfig(32, 1, 1, 32, 0, 0), false));
    Checkpoint other = StartingPoint.fresh(CONFIG, Optional.empty(), 8).checkpoint();
    StartingPoint start = StartingPoint.from(other, wider, 9);
    String kernel = "generator/encoder/layer_0/attention/self/query/kernel";
    assertTrue(start.leftOut().contains(kernel) && start.fresh().contains(kernel));
    assertTrue(start.fresh().contains("generator/embeddings_project/kernel"));
    assertEquals(
        other.weights().get("electra/embeddings_project/kernel"),
        start.checkpoint().weights().get("electra/embeddings_project/kernel"));
  }

  @Test
  void theSeedDecidesNewWeightsAndAStrangerIsRefused() {
    Checkpoint one = StartingPoint.fresh(CONFIG, Optional.empty(), 1).checkpoint();
    Checkpoint two = StartingPoint.fresh(CONFIG, Optional.empty(), 2).checkpoint();
    String words = "electra/embeddings/word_embeddings";
    assertNotEquals(one.weights().get(words), two.weights().get(words));
    ElectraConfig stranger =
        new ElectraConfig(
            7, 6, 9, 3, 0.02, new EncoderConfig(10, 3, 1, 20, 0, 0), Optional.empty(), false);
    assertThrows(IllegalArgumentException.class, () -> StartingPoint.from(one, stranger, 1));
  }
}
