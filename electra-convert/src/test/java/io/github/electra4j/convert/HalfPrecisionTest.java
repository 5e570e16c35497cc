package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.Conversion.Target;
import io.github.electra4j.convert.ExportOptions.WeightFile;
import io.github.electra4j.convert.tensor.NarrowFloats;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.convert.tensor.TensorSource;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.WeightMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights of 16 bits, written and read again. */
class HalfPrecisionTest {
  private static final EncoderConfig ENCODER = new EncoderConfig(32, 2, 2, 64, 0.1, 0.1);
  private static final ElectraConfig CONFIG =
      new ElectraConfig(97, 16, 40, 2, 0.02, ENCODER, Optional.empty(), true)
          .withGenerator(
              new GeneratorConfig(
                  GeneratorConfig.Kind.SEPARATE, new EncoderConfig(16, 2, 1, 64, 0.1, 0.1), false));

  @TempDir Path folder;
  private Path source;
  private Checkpoint checkpoint;

  @BeforeEach
  void writeTheSource() throws Exception {
    source = folder.resolve("native");
    checkpoint = Checkpoint.of(CONFIG, WeightMap.initialise(TensorLayout.of(CONFIG), 0.02, 7));
    checkpoint.write(source, false);
  }

  private ExportOptions options(WeightFile file, Precision precision) {
    return ExportOptions.standard().withWeightFiles(Set.of(file)).withPrecision(precision);
  }

  @ParameterizedTest
  @CsvSource({"SAFETENSORS,FLOAT16", "SAFETENSORS,BFLOAT16", "PYTORCH,FLOAT16", "PYTORCH,BFLOAT16"})
  void roundedOnceAndThenTheSameForEver(WeightFile file, Precision precision) throws Exception {
    Path out = folder.resolve("out");
    Conversion.from(source).to(out, Target.HUGGINGFACE, options(file, precision));

    String weights = file == WeightFile.PYTORCH ? "pytorch_model.bin" : "model.safetensors";
    try (TensorSource stored = WeightFormats.open(out.resolve("generator").resolve(weights))) {
      stored.tensors().values().forEach(each -> assertEquals(precision.type(), each.type()));
    }
    String config = Files.readString(out.resolve("discriminator/config.json"));
    assertTrue(config.contains("\"torch_dtype\" : \"" + precision + "\""), config);

    Checkpoint back = Conversion.from(out).read().checkpoint();
    Map<String, INDArray> expected = new LinkedHashMap<>();
    checkpoint
        .weights()
        .arrays()
        .forEach(
            (name, array) ->
                expected.put(
                    name, NarrowFloats.narrow(name, array, precision).castTo(DataType.FLOAT)));
    assertEquals(expected, back.weights().arrays());

    Path again = folder.resolve("again");
    Conversion.from(out).to(again, Target.HUGGINGFACE, options(file, precision));
    for (String network : new String[] {"discriminator", "generator"}) {
      Path relative = Path.of(network, weights);
      assertEquals(-1L, Files.mismatch(out.resolve(relative), again.resolve(relative)));
    }
  }

  @Test
  void theFileIsHalfAsLarge() throws Exception {
    Path out = folder.resolve("out");
    Conversion.from(source)
        .to(out, Target.HUGGINGFACE, options(WeightFile.SAFETENSORS, Precision.FLOAT16));
    Path whole = folder.resolve("whole");
    Conversion.from(source)
        .to(whole, Target.HUGGINGFACE, options(WeightFile.SAFETENSORS, Precision.FLOAT32));
    String file = "discriminator/model.safetensors";
    assertTrue(Files.size(out.resolve(file)) < Files.size(whole.resolve(file)) * 0.6);
  }

  @ParameterizedTest
  @CsvSource({
    "NATIVE,FLOAT16,'a folder of this project, which holds float32'",
    "TENSORFLOW,BFLOAT16,'a TensorFlow checkpoint, which holds float32'",
    "HUGGINGFACE,INT8,'a HuggingFace folder, which holds float32, float16, bfloat16'"
  })
  void formsWithoutSuchATypeRefuseIt(Target target, Precision precision, String why) {
    Path out = folder.resolve("out");
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Conversion.from(source)
                    .to(out, target, ExportOptions.standard().withPrecision(precision)));
    assertEquals(
        "Weights of type %s cannot be written as %s".formatted(precision, why),
        refusal.getMessage());
    assertFalse(Files.exists(out));
  }

  @Test
  void kerasHoldsSinglePrecisionOnly() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Conversion.from(source)
                .to(
                    folder.resolve("out"),
                    Target.HUGGINGFACE,
                    options(WeightFile.KERAS, Precision.FLOAT16)));
  }

  @Test
  void aWeightBeyondTheTypeIsRefusedByItsName() throws Exception {
    String name = "electra/encoder/layer_0/intermediate/dense/bias";
    Map<String, INDArray> arrays = checkpoint.weights().copy();
    arrays.get(name).putScalar(5, 1e6);
    Path large = folder.resolve("large");
    Checkpoint.of(CONFIG, WeightMap.of(TensorLayout.of(CONFIG), arrays, "test"))
        .write(large, false);
    Path out = folder.resolve("out");
    for (WeightFile file : new WeightFile[] {WeightFile.SAFETENSORS, WeightFile.PYTORCH}) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  Conversion.from(large)
                      .to(out, Target.HUGGINGFACE, options(file, Precision.FLOAT16)));
      assertEquals(
          "Tensor electra.encoder.layer.0.intermediate.dense.bias holds 1000000.0, which is too large for float16; write it as float32",
          refusal.getMessage());
      assertFalse(Files.exists(out));
    }
    Conversion.from(large)
        .to(out, Target.HUGGINGFACE, options(WeightFile.PYTORCH, Precision.BFLOAT16));
  }
}
