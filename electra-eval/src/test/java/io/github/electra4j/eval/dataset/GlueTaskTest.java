package io.github.electra4j.eval.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.eval.metric.Accuracy;
import io.github.electra4j.eval.metric.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlueTaskTest {
  @Test
  void allTasksOfGlueAreKnown() {
    assertEquals(
        List.of("cola", "sst", "mrpc", "sts", "qqp", "mnli", "qnli", "rte", "wnli", "ax"),
        GlueTask.all().stream().map(GlueTask::name).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "sst, sst",
    "SST-2, sst",
    "sst2, sst",
    "STS-B, sts",
    "stsb, sts",
    "CoLA, cola",
    "MNLI, mnli",
    "diagnostic, ax",
    "AX, ax",
    "QQP, qqp"
  })
  void aTaskIsFoundByItsNameAndByItsFolder(String name, String task) {
    assertEquals(task, GlueTask.named(name).name());
  }

  @Test
  void anUnknownTaskIsAnErrorThatListsTheKnownOnes() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> GlueTask.named("MRCP"));
    assertEquals(
        "Unknown task \"MRCP\"; the nearest known one is \"mrpc\". "
            + "Known: cola, sst, mrpc, sts, qqp, mnli, qnli, rte, wnli, ax.",
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "cola, mcc",
    "sst, accuracy",
    "mrpc, accuracy+f1",
    "sts, spearman+pearson+mse",
    "qqp, accuracy+f1",
    "mnli, accuracy",
    "qnli, accuracy",
    "rte, accuracy",
    "wnli, accuracy",
    "ax, mcc"
  })
  void metricsAreTheOfficialOnesAndTheOriginalsIsFirst(String task, String metrics) {
    List<Metric> actual = GlueTask.named(task).metrics();
    assertEquals(metrics, String.join("+", actual.stream().map(Metric::name).toList()));
    assertSame(actual.get(0), GlueTask.named(task).mainMetric());
  }

  @ParameterizedTest
  @CsvSource({
    "cola, 0+1",
    "sst, 0+1",
    "mrpc, 0+1",
    "qqp, 0+1",
    "wnli, 0+1",
    "mnli, contradiction+entailment+neutral",
    "ax, contradiction+entailment+neutral",
    "qnli, entailment+not_entailment",
    "rte, entailment+not_entailment",
    "sts, ''"
  })
  void labelsHaveTheOriginalsOrder(String task, String labels) {
    assertEquals(labels, String.join("+", GlueTask.named(task).labels()));
    assertEquals(labels.isEmpty(), GlueTask.named(task).isRegression());
  }

  @Test
  void rteAndStsTrainLongerAndMrpcAndStsInBothOrders() {
    for (GlueTask task : GlueTask.all()) {
      boolean longer = task.name().equals("rte") || task.name().equals("sts");
      assertEquals(longer ? 10 : 3, task.training().epochs(), task.name());
      boolean both = task.name().equals("mrpc") || task.name().equals("sts");
      assertEquals(both, task.training().bothOrders(), task.name());
    }
  }

  @Test
  void theKindOfASplitMeansTheFirstOfThem() {
    GlueTask mnli = GlueTask.named("mnli");
    assertEquals("dev_matched", mnli.split("dev").name());
    assertEquals("dev_mismatched", mnli.split("dev_mismatched").name());
    assertEquals("test_matched", mnli.split("test").name());
    assertEquals("diagnostic", mnli.split("diagnostic").name());
    assertEquals("dev", GlueTask.named("sst").split("dev").name());
  }

  @Test
  void anUnknownSplitIsAnErrorThatListsTheKnownOnes() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> GlueTask.named("rte").split("valid"));
    assertEquals("Task rte has no split \"valid\". Known: train, dev, test.", error.getMessage());
  }

  @Test
  void onlyQqpToleratesBrokenLines() {
    for (GlueTask task : GlueTask.all()) {
      for (Split split : task.splits()) {
        boolean tolerant = task.name().equals("qqp") && !split.name().equals("test");
        assertEquals(tolerant, split.brokenLines() > 0, task.name() + " " + split.name());
      }
    }
  }

  @Test
  void aTaskNeedsAFolderASplitAndAMetric() {
    Target target = new ClassTarget(List.of("a", "b"));
    List<Split> splits = List.of(Split.of("train", Columns.headed(0).label(1)));
    List<Metric> metrics = List.of(new Accuracy());
    TrainingDefaults training = new TrainingDefaults(3, false);
    assertThrows(
        IllegalArgumentException.class,
        () -> new GlueTask("mine", List.of(), target, splits, metrics, training));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GlueTask("mine", List.of("Mine"), target, List.of(), metrics, training));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GlueTask("mine", List.of("Mine"), target, splits, List.of(), training));
  }

  @Test
  void splitsAndDefaultsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new Split("train", List.of(), 0));
    Columns columns = Columns.headless(0, 1).label(2);
    assertFalse(columns.header());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Split("train", List.of(new SplitFile("a.tsv", columns)), -1));
    for (double epochs : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class, () -> new TrainingDefaults(epochs, false), "" + epochs);
    }
    assertTrue(new TrainingDefaults(0.5, true).bothOrders());
  }
}
