package io.github.electra4j.convert.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Equal models pass; a changed number, a NaN and another architecture do not. */
class VerificationTest {
  private static final EncoderConfig ENCODER = new EncoderConfig(32, 2, 2, 64, 0.1, 0.1);
  private static final ElectraConfig CONFIG =
      new ElectraConfig(
          50,
          16,
          24,
          2,
          0.5,
          ENCODER,
          Optional.of(
              new GeneratorConfig(
                  GeneratorConfig.Kind.SEPARATE, new EncoderConfig(16, 1, 1, 64, 0, 0), false)),
          true);

  private static Checkpoint checkpoint(ElectraConfig config) {
    return Checkpoint.of(config, WeightMap.initialise(TensorLayout.of(config), 0.5, 3));
  }

  private static Checkpoint changed(String name, float by) {
    Checkpoint original = checkpoint(CONFIG);
    INDArray array = original.weights().get(name).dup('c');
    array.putScalar(0, array.getFloat(0) + by);
    return original.withWeights(original.weights().with(Map.of(name, array)));
  }

  private static Verification verify(Checkpoint other) {
    return Verification.of(checkpoint(CONFIG), other, VerifyOptions.standard());
  }

  @Test
  void aModelIsEqualToItself() {
    Verification same = verify(checkpoint(CONFIG));
    assertTrue(same.passed(), same::toText);
    assertEquals(4 + 3, same.differences().size());
    assertTrue(same.differences().stream().allMatch(each -> each.largest() == 0));
    assertTrue(same.differences().stream().allMatch(each -> each.magnitude() > 0));
    assertEquals(same.tensors(), same.equalTensors());
    assertTrue(same.toText().endsWith("PASS: differences up to 1.0E-4 are allowed.\n"));
  }

  @Test
  void aChangedLayerShowsFromThereOn() {
    Verification changed = verify(changed("electra/encoder/layer_1/output/LayerNorm/beta", 0.01f));
    assertFalse(changed.passed());
    assertEquals(
        List.of("discriminator layer 1", "discriminator logits"),
        changed.differences().stream()
            .filter(each -> !each.within(1e-4))
            .map(Difference::output)
            .toList());
    assertEquals(changed.tensors() - 1, changed.equalTensors());
    assertTrue(changed.toText().contains("FAR  discriminator layer 1"), changed::toText);
    assertTrue(changed.toText().contains("FAIL"), changed::toText);
  }

  @Test
  void notANumberFails() {
    Verification broken = verify(changed("discriminator_predictions/dense_1/bias", Float.NaN));
    assertFalse(broken.passed());
    assertTrue(broken.toText().contains("FAR  discriminator logits"), broken::toText);
  }

  @Test
  void anotherArchitectureFailsAndIsExplained() {
    ElectraConfig other =
        CONFIG.withEncoder(new EncoderConfig(32, 3, 2, 64, 0.1, 0.1)).withVocabSize(51);
    Verification result = verify(checkpoint(other));
    assertFalse(result.passed());
    String problems = String.join("\n", result.problems());
    assertTrue(problems.contains("vocabulary size: 50 and 51"), problems);
    assertTrue(problems.contains("number of layers: 2 and 3"), problems);
    assertTrue(problems.contains("generator logits have the shapes"), problems);
    assertFalse(verify(checkpoint(CONFIG.discriminatorOnly())).passed());
  }

  @Test
  void theJsonHoldsTheSame() throws IOException {
    JsonNode json = new ObjectMapper().readTree(verify(checkpoint(CONFIG)).toJson());
    assertTrue(json.get("passed").booleanValue());
    assertEquals(7, json.get("outputs").size());
    assertEquals("generator logits", json.at("/outputs/6/output").textValue());
    assertEquals(50, json.at("/outputs/6/shape/2").intValue());
  }

  @Test
  void impossibleOptionsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new VerifyOptions(0, 2, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new VerifyOptions(1, 1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new VerifyOptions(1, 2, 1, Double.NaN));
  }
}
