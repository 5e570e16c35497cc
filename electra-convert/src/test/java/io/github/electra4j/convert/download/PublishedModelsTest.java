package io.github.electra4j.convert.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TensorLayout;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublishedModelsTest {
  @Test
  void aModelHasSeveralNames() {
    for (String name : new String[] {"small", "electra_small", "electra_small.zip"}) {
      assertEquals("electra_small", PublishedModels.named(name).name());
    }
    for (String name :
        new String[] {
          "base-generator", "electra-base-generator", "google/electra-base-generator"
        }) {
      assertEquals("electra-base-generator", PublishedModels.named(name).name());
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> PublishedModels.named("electra_smal"))
            .getMessage();
    assertTrue(message.contains("the nearest name is electra_small"), message);
  }

  @Test
  void everyAddressIsEncryptedAndItsOwn() {
    Set<String> addresses = new HashSet<>();
    for (PublishedModel model : PublishedModels.list()) {
      for (PublishedFile file : model.files()) {
        assertEquals("https", file.address().getScheme());
        assertTrue(file.address().getPath().endsWith("/" + file.name()), file.name());
        assertTrue(addresses.add(file.address().toString()), file.address()::toString);
      }
    }
    assertEquals(3 + 6 * 4, addresses.size());
  }

  @Test
  void theSizesAreThoseOfTheArchitectures() {
    assertEquals(
        4 * TensorLayout.parameterCount(TensorLayout.of(ElectraConfig.base())),
        PublishedModels.named("base").approximateSize());
    assertEquals(
        4 * TensorLayout.parameterCount(TensorLayout.of(ElectraConfig.large())),
        PublishedModels.named("large").approximateSize());
  }

  @Test
  void theCacheIsWhereTheEnvironmentSays() {
    Path home = Path.of("home").toAbsolutePath();
    assertEquals(
        home.resolve(".cache/electra4j/models"),
        DownloadCache.standard(Map.of("ELECTRA_HOME", ""), home).root());
    Path cache = Path.of("cache").toAbsolutePath();
    assertEquals(
        cache.resolve("electra4j/models"),
        DownloadCache.standard(Map.of("XDG_CACHE_HOME", cache.toString()), home).root());
    Path own = Path.of("own").toAbsolutePath();
    assertEquals(
        own.resolve("models"),
        DownloadCache.standard(
                Map.of("ELECTRA_HOME", own.toString(), "XDG_CACHE_HOME", cache.toString()), home)
            .root());
  }
}
