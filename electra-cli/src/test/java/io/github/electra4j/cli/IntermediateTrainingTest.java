package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * MNLI first, then RTE or STS-B. As in the original, tensors are taken by their names, in which the
 * task stands: the encoder is taken, every head is made anew.
 */
class IntermediateTrainingTest {
  @TempDir Path folder;
  private Path glue;
  private Path start;
  private Path mnli;

  @BeforeEach
  void learnMnli() throws IOException {
    start = DemoFiles.model(folder);
    glue = DemoFiles.similarities(folder, 16, 8);
    write("MNLI/train.tsv", DemoTasks.mnli(24, 1));
    write("MNLI/dev_matched.tsv", DemoTasks.mnli(6, 2));
    write("MNLI/dev_mismatched.tsv", DemoTasks.mnli(6, 3));
    write("RTE/train.tsv", DemoTasks.rte(16, 4));
    write("RTE/dev.tsv", DemoTasks.rte(8, 5));
    mnli = folder.resolve("mnli");
    finetune(start, "mnli", mnli, 1e-3).exits(0);
  }

  private void write(String name, String text) throws IOException {
    Path file = glue.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Run finetune(Path model, String task, Path output, double rate) {
    return Run.of(
        "finetune",
        model,
        "--task",
        task,
        "--data",
        glue,
        "--output",
        output,
        "--epochs",
        1,
        "--train-batch-size",
        8,
        "--learning-rate",
        rate,
        "--json");
  }

  @Test
  void rteGoesOnFromTheEncoderOfMnliWithAHeadOfItsOwn() throws IOException {
    Path output = folder.resolve("rte");
    Run run = finetune(mnli, "rte", output, 1e-12).exits(0);
    assertTrue(
        run.err()
            .contains(
                "The model was fine-tuned for mnli before: its encoder is kept, its head for mnli is not."),
        run.err());
    TaskHead head = requireEncoderOfMnli(output, "rte");
    assertEquals(
        List.of("entailment", "not_entailment"), ((TaskHead.Classification) head).labels());
    Run.of("evaluate", output, "--data", glue).exits(0);
  }

  @Test
  void stsGoesOnFromTheEncoderOfMnliThoughItsHeadHasAnotherShape() throws IOException {
    Path output = folder.resolve("sts");
    Run run = finetune(mnli, "sts", output, 1e-12).exits(0);
    assertTrue(run.err().contains("its head for mnli is not"), run.err());
    TaskHead head = requireEncoderOfMnli(output, "sts");
    assertEquals(new TaskHead.Regression("sts", 0, 5), head);
    assertTrue(run.json().get("metrics").has("spearman"), run.out());
  }

  /** At this learning rate nothing moves that was taken; MNLI's own run did move it. */
  private TaskHead requireEncoderOfMnli(Path output, String task) throws IOException {
    Checkpoint before = Checkpoint.read(start);
    Checkpoint middle = Checkpoint.read(mnli.resolve("model"));
    Checkpoint after = Checkpoint.read(output.resolve("model"));
    double moved = 0;
    for (TensorSpec spec : TensorLayout.encoderOnly(after.config())) {
      INDArray taken = middle.weights().get(spec.name());
      assertEquals(0, distance(taken, after.weights().get(spec.name())), 1e-7, spec.name());
      moved = Math.max(moved, distance(taken, before.weights().get(spec.name())));
    }
    assertTrue(moved > 1e-4, "MNLI moved its encoder by " + moved);
    assertEquals(List.of(task), after.heads().stream().map(TaskHead::task).toList());
    String kernel = TensorLayout.taskHead(after.heads().get(0), 1).get(0).name();
    assertTrue(kernel.contains("/" + task + "/"), kernel);
    assertFalse(after.weights().arrays().keySet().stream().anyMatch(n -> n.contains("/mnli/")));
    assertNotEquals(0, after.weights().get(kernel).norm2Number().doubleValue());
    return after.heads().get(0);
  }

  private static double distance(INDArray a, INDArray b) {
    return a.sub(b).amaxNumber().doubleValue();
  }
}
