package io.github.electra4j.eval.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.train.task.TextExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The public files themselves. */
@Tag("conformance")
class GlueDataConformanceTest {
  private static Path glue() {
    return SharedFolders.data("glue");
  }

  @ParameterizedTest
  @CsvSource({
    "sst, train, 67349, true",
    "sst, dev, 872, true",
    "sst, test, 1821, false",
    "sts, train, 5749, true",
    "sts, dev, 1500, true",
    "sts, test, 1379, false",
    "rte, train, 2490, true",
    "rte, dev, 277, true",
    "wnli, train, 635, true",
    "wnli, dev, 71, true",
    "mrpc, train, 4076, true",
    "mrpc, test, 1725, true"
  })
  void everySplitHasItsOfficialNumberOfExamples(
      String task, String name, int examples, boolean labelled) throws IOException {
    GlueSplit split = GlueReader.load(GlueTask.named(task), glue(), name, GlueReader.ALL);
    assertEquals(examples, split.examples().size());
    assertEquals(labelled, split.labelled());
    assertFalse(split.partial());
    assertEquals(List.of(), split.skippedLines());
    for (int i = 0; i < examples; i++) {
      TextExample example = split.examples().get(i);
      assertEquals(i, example.id());
      assertFalse(example.textA().isBlank(), example::toString);
      assertEquals(task.equals("sst"), example.textB().isBlank(), example::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "train, entailment, 1249", "train, not_entailment, 1241",
    "dev, entailment, 146", "dev, not_entailment, 131"
  })
  void labelsOfRteHaveTheirOfficialNumbers(String split, String label, int number)
      throws IOException {
    List<TextExample> examples = GlueReader.read(GlueTask.named("rte"), glue(), split);
    assertEquals(number, examples.stream().filter(each -> each.label().equals(label)).count());
  }

  /** A copy of the test set with gold labels, whose lines end in CR LF. */
  @Test
  void carriageReturnsAtLineEndsMakeNoDifference() throws IOException {
    GlueTask labelled =
        with(
            GlueTask.named("sst"),
            new Split(
                "test", List.of(new SplitFile("test-labeled.tsv", Columns.headed(0).label(1))), 0));
    List<TextExample> gold = GlueReader.read(labelled, glue(), "test");
    List<TextExample> published = GlueReader.read(GlueTask.named("sst"), glue(), "test");
    assertEquals(
        published.stream().map(TextExample::textA).toList(),
        gold.stream().map(TextExample::textA).toList());
  }

  /** STSbenchmark's own files have no header, and blanks around some sentences. */
  @ParameterizedTest
  @CsvSource({"train, sts-train.tsv", "dev, sts-dev.tsv"})
  void stsAgreesWithTheBenchmarkThatItWasMadeFrom(String name, String file) throws IOException {
    SplitFile columns = new SplitFile(file, Columns.headless(5, 6).label(4));
    GlueTask original = with(GlueTask.named("sts"), new Split(name, List.of(columns), 0));
    Path folder = SharedFolders.data("glue/STS-B/original");
    List<TextExample> expected = GlueReader.read(original, folder, name);
    List<TextExample> actual = GlueReader.read(GlueTask.named("sts"), glue(), name);
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(content(expected.get(i)), content(actual.get(i)));
    }
  }

  private static List<Object> content(TextExample example) {
    return List.of(
        example.id(),
        example.textA().strip(),
        example.textB().strip(),
        Double.parseDouble(example.label()));
  }

  /** Samples, and other ways in which these sets are split. */
  @ParameterizedTest
  @CsvSource({
    "mrpc, hf-tests_samples, train", "mrpc, hf-tests_samples, dev",
    "sts, hf-tests_samples, train", "sts, hf-tests_samples, dev",
    "rte, RTE/as-found, train", "rte, RTE/as-found, dev",
    "wnli, WNLI/as-found, train", "wnli, WNLI/as-found, dev"
  })
  void everyLineBelowTheHeaderIsAnExample(String task, String folder, String name)
      throws IOException {
    Path data = SharedFolders.data("glue").resolve(folder);
    GlueSplit split = GlueReader.load(GlueTask.named(task), data, name, GlueReader.ALL);
    assertEquals(lines(split.file()) - 1, split.examples().size());
  }

  static List<Path> goldenTasks() throws IOException {
    List<String> tasks = GlueTask.all().stream().map(GlueTask::name).toList();
    try (Stream<Path> folders = Files.list(SharedFolders.golden("finetuning/raw_data"))) {
      return folders.filter(folder -> tasks.contains(folder.getFileName().toString())).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("goldenTasks")
  void theOriginalsInputsAreRead(Path folder) throws IOException {
    GlueTask task = GlueTask.named(folder.getFileName().toString());
    for (String name : List.of("train", "dev")) {
      GlueSplit split = GlueReader.load(task, folder, name, GlueReader.ALL);
      assertEquals(lines(split.file()) - 1, split.examples().size());
    }
  }

  private static long lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  private static GlueTask with(GlueTask task, Split split) {
    return new GlueTask(
        task.name(),
        task.folders(),
        task.target(),
        List.of(split),
        task.metrics(),
        task.training());
  }
}
