package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The jars as they are packed say the name of their module, and when they were made does not show.
 */
class ModuleNamesIT {
  private static final Path TARGET = Path.of("target");

  @Test
  void everyJarOfTheProjectNamesItsModule() throws IOException {
    List<Path> jars = jars();
    assertTrue(jars.size() >= 6, () -> "jars found: " + jars);
    for (Path path : jars) {
      try (JarFile jar = new JarFile(path.toFile())) {
        String artifact = path.getFileName().toString().replaceFirst("(-\\d.*)?\\.jar$", "");
        assertEquals(
            "io.github." + artifact.replaceFirst("electra-", "electra4j."),
            jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"),
            () -> "Automatic-Module-Name in the manifest of " + path);
        assertEquals(
            1,
            jar.stream().map(entry -> entry.getTimeLocal()).distinct().count(),
            () -> "times of the entries of " + path);
      }
    }
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> libraries = Files.list(TARGET.resolve("lib"))) {
      return Stream.concat(Stream.of(TARGET.resolve("electra-cli.jar")), libraries)
          .filter(jar -> jar.getFileName().toString().startsWith("electra-"))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }
}
