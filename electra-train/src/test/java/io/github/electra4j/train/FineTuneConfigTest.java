package io.github.electra4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.ElectraConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FineTuneConfigTest {
  @Test
  void theOriginalsDefaults() {
    FineTuneConfig small = FineTuneConfig.defaultsFor(ElectraConfig.small());
    assertEquals(new FineTuneConfig(1e-4, 0.01, 0.8, 0.1, 3, 32, 128, 0.1, 0), small);
    FineTuneConfig large = FineTuneConfig.defaultsFor(ElectraConfig.large());
    assertEquals(5e-5, large.learningRate());
    assertEquals(0.9, large.layerwiseDecay());
  }

  /** Steps of the original for the sizes of GLUE. */
  @ParameterizedTest
  @CsvSource({
    "8551, 3, 804",
    "67349, 3, 6315",
    "7336, 3, 690",
    "11498, 10, 3600",
    "363846, 3, 34113",
    "392702, 3, 36816",
    "104743, 3, 9822",
    "2490, 10, 780",
    "5, 0.5, 1"
  })
  void stepsOfARun(int examples, double epochs, long steps) {
    FineTuneConfig config = FineTuneConfig.defaultsFor(ElectraConfig.small()).withEpochs(epochs);
    assertEquals(steps, config.totalSteps(examples));
  }

  @Test
  void aValueOutOfRangeIsNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new FineTuneConfig(1e-4, 0.01, 0, 0.1, 3, 32, 128, 0.1, 0))
            .getMessage();
    assertTrue(message.contains("layerwiseDecay is 0.0; it must be in (0, 1]"), message);
  }
}
