package io.github.electra4j.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerwiseDecayTest {
  @ParameterizedTest
  @CsvSource({
    "12, 0.8, electra/embeddings/word_embeddings, 0.04398",
    "12, 0.8, electra/embeddings_project/kernel, 0.04398",
    "12, 0.8, electra/encoder/layer_0/output/dense/kernel, 0.05498",
    "12, 0.8, electra/encoder/layer_1/output/dense/kernel, 0.06872",
    "12, 0.8, electra/encoder/layer_10/output/dense/kernel, 0.512",
    "12, 0.8, electra/encoder/layer_11/output/dense/kernel, 0.64",
    "12, 0.8, task_specific/sst/dense/kernel, 1",
    "24, 0.9, electra/embeddings/LayerNorm/beta, 0.06461",
    "24, 0.9, electra/encoder/layer_0/attention/self/query/bias, 0.07179",
    "24, 0.9, electra/encoder/layer_23/output/LayerNorm/gamma, 0.81"
  })
  void theOriginalsFactors(int layers, double decay, String name, double factor) {
    assertEquals(factor, new LayerwiseDecay(decay, layers).multiplier(name), 5e-6);
  }

  @Test
  void aNameWithoutDepthIsAnError() {
    LayerwiseDecay decay = new LayerwiseDecay(0.8, 12);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> decay.multiplier("generator_predictions/output_bias"))
            .getMessage();
    assertTrue(message.contains("generator_predictions/output_bias"), message);
    assertEquals(1, new LayerwiseDecay(1, 12).multiplier("generator_predictions/output_bias"));
  }

  @Test
  void factorsOutsideTheRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LayerwiseDecay(0, 12));
    assertThrows(IllegalArgumentException.class, () -> new LayerwiseDecay(1.1, 12));
    assertThrows(IllegalArgumentException.class, () -> new LayerwiseDecay(0.5, 0));
  }
}
