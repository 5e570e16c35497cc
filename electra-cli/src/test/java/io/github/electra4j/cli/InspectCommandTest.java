package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.testkit.Corruptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir Path folder;

  @Test
  void anArchiveIsExplained() throws IOException {
    Run run = Run.of("inspect", DemoFiles.zip(folder)).exits(ExitCode.OK);
    assertEquals("", run.err());
    List<String> lines = run.lines();
    assertTrue(lines.get(0).contains("electra_demo.zip"), run.out());
    assertTrue(lines.get(0).endsWith("(tensorflow)"), run.out());
    assertEquals("81 tensors, 137,121 parameters, 0 optimizer slots, global_step 0", lines.get(1));
    assertTrue(run.out().contains("discriminator: hidden size 64"), run.out());
    assertTrue(
        lines.stream()
            .anyMatch(line -> line.matches("  electra/embeddings/word_embeddings .* 2,048")),
        run.out());
  }

  @Test
  void everyFormSaysTheSameOfTheWeights() throws IOException {
    Path model = DemoFiles.model(folder);
    Path tensorflow = DemoFiles.tensorflow(folder);
    for (Path source :
        List.of(
            model,
            model.resolve("model.safetensors"),
            tensorflow,
            tensorflow.resolve("model.ckpt-0"),
            folder.resolve("electra_demo.zip"))) {
      Run run = Run.of("inspect", source, "--json").exits(ExitCode.OK);
      assertEquals("", run.err());
      JsonNode json = run.json();
      assertEquals(137_121, json.get("parameters").intValue(), source.toString());
      assertEquals(0, json.get("problems").size(), source.toString());
      assertEquals(64, json.at("/config/hidden_size").intValue(), source.toString());
    }
  }

  @Test
  void aFinishedRunIsItsModel() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Path model = DemoFiles.model(run);
    assertEquals(Run.of("inspect", model), Run.of("inspect", run).exits(ExitCode.OK));
  }

  @Test
  void whatIsMissingIsListedAndIsBadInput() throws IOException {
    Path tensorflow = DemoFiles.tensorflow(folder);
    Files.delete(tensorflow.resolve("model.ckpt-0.data-00000-of-00001"));
    Run run = Run.of("inspect", tensorflow).exits(ExitCode.BAD_INPUT);
    assertTrue(run.out().contains("Problems"), run.out());
    assertTrue(run.out().contains("model.ckpt-0.data-00000-of-00001"), run.out());
    JsonNode json = Run.of("inspect", tensorflow, "--json").exits(ExitCode.BAD_INPUT).json();
    assertEquals(1, json.get("problems").size());
  }

  @Test
  void aDamagedTableIsAnError() throws IOException {
    Path tensorflow = DemoFiles.tensorflow(folder);
    Corruptions.truncate(tensorflow.resolve("model.ckpt-0.index"), 100);
    Run.of("inspect", tensorflow).refuses(ExitCode.BAD_INPUT, "model.ckpt-0.index");
    Path model = DemoFiles.model(folder);
    Corruptions.truncate(model.resolve("model.safetensors"), 100);
    Run.of("inspect", model).refuses(ExitCode.BAD_INPUT, "model.safetensors");
  }

  @Test
  void whatIsNotThereIsAnError() {
    Run.of("inspect", folder.resolve("nothing")).refuses(ExitCode.BAD_INPUT, "nothing");
    Run.of("inspect", folder).refuses(ExitCode.BAD_INPUT, "holds no TensorFlow checkpoint");
  }
}
