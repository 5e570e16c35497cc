package io.github.electra4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.testkit.ExampleCode;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the package's description, compiled and run. */
class UsageExampleTest {
  @Test
  void theExampleOfThePackageDescriptionWorks(@TempDir Path glue) throws IOException {
    Files.createDirectories(glue.resolve("SST-2"));
    Files.writeString(glue.resolve("SST-2/dev.tsv"), "sentence\tlabel\nfine\t1\nbad\t0\n");
    Function<List<TextExample>, float[][]> model = examples -> new float[][] {{0, 1}, {0, 1}};
    EvalReport report = example(glue, model, Map.of("max_seq_length", 128), 1, Instant.EPOCH);
    assertEquals(50, report.main().value());
    assertEquals(2, report.examples());
    assertTrue(report.toTable().contains("| 50.00 % | 50.00 % | 2 |"), report.toTable());
  }

  @Test
  void theExampleReadsTheSameInBothPlaces() throws IOException {
    ExampleCode.assertSame(UsageExampleTest.class);
  }

  private static EvalReport example(
      Path glue,
      Function<List<TextExample>, float[][]> model,
      Map<String, Object> config,
      long seed,
      Instant now)
      throws IOException {
    // example
    GlueTask task = GlueTask.named("sst");
    GlueSplit dev = GlueReader.load(task, glue, "dev", GlueReader.ALL);
    float[][] logits = model.apply(dev.examples()); // [examples][labels]
    List<MetricValue> metrics = Scoring.score(dev, logits);
    List<DataFingerprint> data = List.of(DataFingerprint.of(dev.file()));
    Provenance provenance =
        new Provenance("small", "1f0a", config, seed, data, Versions.current(), now);
    EvalReport report =
        new EvalReport("sst", "dev", dev.examples().size(), dev.partial(), metrics, provenance);
    System.out.print(report.toTable());
    // end of example
    return report;
  }
}
