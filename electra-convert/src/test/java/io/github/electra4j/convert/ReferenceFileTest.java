package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.json.HuggingFaceConfigJson;
import io.github.electra4j.model.json.NativeConfig;
import io.github.electra4j.model.json.NativeConfigJson;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceFileTest {
  @TempDir Path folder;

  private ElectraConfig read(String json) throws IOException {
    return ReferenceFile.read(Files.writeString(folder.resolve("c.json"), json));
  }

  @Test
  void everyDialectIsTold() throws IOException {
    ElectraConfig base = ElectraConfig.base();
    assertEquals(base, read(NativeConfigJson.write(new NativeConfig(base, List.of()))));
    assertEquals(base.discriminatorOnly(), read(HuggingFaceConfigJson.writeDiscriminator(base)));
    assertEquals(base.encoderOnly(), read(BertConfigJson.write(base)));
    assertEquals(base, read("{\"model_size\": \"base\", \"generator_hidden_size\": 0.33333}"));
  }

  @Test
  void whatIsNoConfigurationIsRefused() throws IOException {
    assertThrows(MalformedFileException.class, () -> read("[]"));
    assertThrows(MalformedFileException.class, () -> read("{\"a\": 1}"));
    String big = "{\"a\": \"" + "x".repeat(1 << 20) + "\"}";
    MalformedFileException error = assertThrows(MalformedFileException.class, () -> read(big));
    assertTrue(error.getMessage().contains("not plausible"), error.getMessage());
    Path file = Files.write(folder.resolve("latin.json"), new byte[] {'"', (byte) 0xe4, '"'});
    error = assertThrows(MalformedFileException.class, () -> ReferenceFile.read(file));
    assertTrue(error.getMessage().contains("not UTF-8"), error.getMessage());
  }
}
