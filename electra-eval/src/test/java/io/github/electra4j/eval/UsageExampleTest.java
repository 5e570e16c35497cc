package io.github.electra4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueSplit;
import io.github.electra4j.eval.dataset.GlueTask;
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
    String description =
        Files.readString(Path.of("src/main/java/io/github/electra4j/eval/package-info.java"));
    String shown =
        description
            .substring(description.indexOf("{@code\n") + 7, description.indexOf(" * }</pre>"))
            .replace("\n * ", "\n")
            .replaceFirst("^ \\* ", "");
    String self =
        Files.readString(Path.of("src/test/java/io/github/electra4j/eval/UsageExampleTest.java"));
    assertEquals(words(shown), words(between(self, "// example\n", "// end of example\n")));
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

  private static String between(String text, String start, String end) {
    int from = text.lastIndexOf("    " + start) + 4 + start.length();
    return text.substring(from, text.indexOf("    " + end, from));
  }

  /** Without regard to line breaks and indentation. */
  private static String words(String code) {
    return code.replaceAll("\\s+", "").trim();
  }
}
