package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.Conversion;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.TextClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The README's Java example is code that compiles: it stands, line by line, in this file. */
class ReadmeTest {
  private static final Path README = Path.of("../README.md");
  private static final Path HERE = Path.of("src/test/java/io/github/electra4j/cli/ReadmeTest.java");

  @SuppressWarnings("UnusedMethod") // compiled, and compared with the README
  private static void example(Consumer<Object> out) throws IOException {
    try (TextClassifier classifier = Electra.textClassifier(Path.of("runs/sst/model"))) {
      Map<String, Double> film = classifier.classify("a gripping film").probabilities();
      out.accept(film);
    }
    Checkpoint published = Conversion.from(Path.of("electra_small.zip")).read().checkpoint();
    ElectraTokenizer tokenizer =
        ElectraTokenizer.read(Path.of("vocab.txt"), TokenizerOptions.uncased());
    try (Discriminator discriminator = Discriminator.of(published.config(), published.weights())) {
      Encoding text = tokenizer.encode("the chef ate the meal and then cooked it");
      float[][] replaced = discriminator.probabilities(TokenBatch.of(text.ids()));
      out.accept(replaced);
    }
  }

  @Test
  void theJavaExampleCompiles() throws IOException {
    String readme = Files.readString(README);
    String block = readme.substring(readme.indexOf("```java\n") + 8);
    String code = squeezed(Files.readString(HERE));
    List<String> lines =
        block.substring(0, block.indexOf("```")).lines().filter(line -> !line.equals("}")).toList();
    assertTrue(lines.size() >= 5, () -> "lines of the example: " + lines);
    for (String line : lines) {
      String statement = squeezed(line.replaceAll("//.*", ""));
      assertTrue(code.contains(statement), () -> "not compiled: " + line);
    }
  }

  /** What the README asks a project to depend on is what the example project depends on. */
  @Test
  void theDependenciesAreThoseOfTheExample() throws IOException {
    String readme = Files.readString(README);
    String block = readme.substring(readme.indexOf("```xml\n") + 7);
    String project =
        squeezed(Files.readString(Path.of("../examples/classifier/pom.xml")))
            .replace("${native.classifier}", "linux-x86_64")
            .replace("${electra4j.version}", version());
    String[] dependencies =
        squeezed(block.substring(0, block.indexOf("```"))).split("<dependency>");
    assertEquals(5, dependencies.length);
    for (String dependency : List.of(dependencies).subList(1, dependencies.length)) {
      String inner = dependency.substring(0, dependency.indexOf("</dependency>"));
      assertTrue(project.contains(inner), () -> "not in the example: " + inner);
    }
  }

  private static String version() throws IOException {
    String pom = squeezed(Files.readString(Path.of("../pom.xml")));
    return pom.replaceAll(".*?<artifactId>electra-parent</artifactId><version>([^<]*)<.*", "$1");
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
