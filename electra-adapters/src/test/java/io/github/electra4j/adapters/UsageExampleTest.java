package io.github.electra4j.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.model.scoring.ScoringModel;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.inference.PairScorer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the package's description, compiled and run. */
class UsageExampleTest {
  @Test
  void theExampleScores(@TempDir Path folder) throws IOException {
    TinyModel.read().checkpoint().write(folder.resolve("model"), false);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream usual = System.out;
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      example(folder.resolve("model"));
    } finally {
      System.setOut(usual);
    }
    double fit = Double.parseDouble(said.toString(StandardCharsets.UTF_8));
    assertTrue(fit > 0 && fit < 1, () -> "fit " + fit);
  }

  private static void example(Path folder) throws IOException {
    // example
    LoadedModel model = LoadedModel.read(folder); // e.g. runs/qnli/model
    TaskHead head = model.checkpoint().heads().get(0);
    try (PairScorer scorer = Electra.pairScorer(model, head, Optional.of("entailment"))) {
      ScoringModel scoring = new LangChain4jScoring(scorer);
      double fit = scoring.score("Ada Lovelace wrote it.", "who wrote it?").content();
      System.out.println(fit); // between 0 and 1
    }
    // end of example
  }

  @Test
  void theExampleReadsTheSameEverywhere() throws IOException {
    String description =
        Files.readString(Path.of("src/main/java/io/github/electra4j/adapters/package-info.java"));
    String shown =
        description
            .substring(description.indexOf("{@code\n") + 7, description.indexOf(" * }</pre>"))
            .replace("\n * ", "\n")
            .replaceFirst("^ \\* ", "");
    String self =
        Files.readString(
            Path.of("src/test/java/io/github/electra4j/adapters/UsageExampleTest.java"));
    int from = self.lastIndexOf("    // example\n") + "    // example\n".length();
    String compiled = self.substring(from, self.indexOf("    // end of example\n", from));
    assertEquals(words(shown), words(compiled));
    String page = Files.readString(Path.of("../docs/ADAPTERS.md"));
    assertTrue(words(page).contains(words(compiled)), "docs/ADAPTERS.md");
  }

  /** Without regard to line breaks and indentation. */
  private static String words(String code) {
    return code.replaceAll("\\s+", "");
  }
}
