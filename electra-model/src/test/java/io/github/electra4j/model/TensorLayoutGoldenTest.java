package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.json.ReferenceConfigJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorLayoutGoldenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "electra",
        "electra_generator_full_width",
        "electra_base_like",
        "electra_untied_embeddings",
        "electra_tied_generator",
        "disallow_correct",
        "uniform_generator",
        "mlm",
        "electric"
      })
  void theLayoutIsWhatTheOriginalCreates(String name) throws IOException {
    LayoutCase run = read(name);
    assertEquals(
        run.variables(), TensorLayout.of(run.config()).stream().map(TensorSpec::toString).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"electra", "electra_base_like", "uniform_generator", "electric"})
  void theTransformerConfigurationsAreThoseOfTheOriginal(String name) throws IOException {
    LayoutCase run = read(name);
    ElectraConfig config = run.config();
    assertEquals(
        config.encoderOnly(),
        ReferenceConfigJson.ofBertConfig(
            JsonFields.parse(name, run.trace().required("bert_config").toString()),
            Optional.of(config.embeddingSize())));
    if (config.generator().isPresent()) {
      assertEquals(
          config.generator().get().encoder(),
          ReferenceConfigJson.ofBertConfig(
                  JsonFields.parse(name, run.trace().required("generator_config").toString()),
                  Optional.empty())
              .encoder());
    }
  }

  private static LayoutCase read(String name) throws IOException {
    try (InputStream in =
        TensorLayoutGoldenTest.class.getResourceAsStream("/golden/layout/" + name + ".json")) {
      assertNotNull(in, name);
      return LayoutCase.parse(name, in.readAllBytes());
    }
  }
}
