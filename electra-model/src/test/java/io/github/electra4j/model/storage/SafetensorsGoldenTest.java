package io.github.electra4j.model.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A file written by HuggingFace's own library. */
class SafetensorsGoldenTest {
  @Test
  void theForeignFileIsReadToTheLastBit() throws IOException {
    SafetensorsOracle.assertReadsAlike(
        Path.of("src/test/resources/golden/safetensors/generator.safetensors"));
  }
}
