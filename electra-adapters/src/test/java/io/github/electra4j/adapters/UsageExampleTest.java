package io.github.electra4j.adapters;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.model.scoring.ScoringModel;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.testkit.ExampleCode;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.inference.PairScorer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    ExampleCode.assertSame(UsageExampleTest.class, Path.of("../docs/ADAPTERS.md"));
  }
}
