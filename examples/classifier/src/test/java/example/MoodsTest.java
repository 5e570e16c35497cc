package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.TextClassifier;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoodsTest {
  private static final Pattern PLATFORM =
      Pattern.compile("(linux|macosx|windows|android|ios)-[a-z0-9_]+(?=[.-])");

  @TempDir Path folder;

  @Test
  void oneBackendForOnePlatformIsOnTheClassPath() throws IOException {
    List<String> jars =
        Arrays.stream(
                Files.readString(Path.of("target/classpath.txt")).strip().split(File.pathSeparator))
            .map(jar -> Path.of(jar).getFileName().toString())
            .toList();
    TreeSet<String> platforms =
        jars.stream()
            .flatMap(jar -> PLATFORM.matcher(jar).results())
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(1, platforms.size(), () -> "platforms " + platforms + " in " + jars);
    List<String> natives = jars.stream().filter(jar -> PLATFORM.matcher(jar).find()).toList();
    assertTrue(
        natives.stream().anyMatch(jar -> jar.startsWith("nd4j-native-1")), natives::toString);
    assertTrue(natives.stream().anyMatch(jar -> jar.startsWith("openblas-")), natives::toString);
  }

  @Test
  void librariesOfTheBackendsHaveTheVersionsOfTheProjectsOwnTests() throws IOException {
    String jars = Files.readString(Path.of("target/classpath.txt"));
    for (String jar : List.of("slf4j-api-2.0", "commons-math3-3.6.1", "commons-io-2.2")) {
      assertTrue(jars.contains(File.separator + jar), jar + " in " + jars);
    }
  }

  @Test
  void itLearnsAndClassifies() throws IOException {
    Moods.start(folder.resolve("start"));
    Moods.learn(folder.resolve("start"), folder.resolve("mood"));
    try (TextClassifier classifier = Electra.textClassifier(folder.resolve("mood"))) {
      assertEquals("good", classifier.classify("The good film.").label());
      assertEquals("bad", classifier.classify("a bad film").label());
    }
  }
}
