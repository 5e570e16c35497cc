package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.testkit.ExampleCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the package's description, compiled and run. */
class UsageExampleTest {
  @Test
  void theExampleOfThePackageDescriptionWorks(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("model");
    example(Golden.folder(), target);
    assertEquals(194, Checkpoint.read(target).config().vocabSize());
  }

  @Test
  void theExampleReadsTheSameInBothPlaces() throws IOException {
    ExampleCode.assertSame(UsageExampleTest.class);
  }

  @SuppressWarnings("UnusedVariable")
  private static void example(Path source, Path target) throws IOException {
    // example
    List<String> problems = Inspection.of(source).problems(); // empty: nothing is missing
    ConversionReport report =
        Conversion.from(source)
            .options(ImportOptions.standard().withOptimizer(true))
            .to(target, Conversion.Target.NATIVE, ExportOptions.standard());
    report.notes().forEach(System.err::println);
    Checkpoint checkpoint = Checkpoint.read(target);
    try (Discriminator model = Discriminator.of(checkpoint.config(), checkpoint.weights())) {
      float[][] replaced = model.probabilities(TokenBatch.of(2, 5, 6, 3)); // [batch][seq]
    }
    // end of example
  }
}
