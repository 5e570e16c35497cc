package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversions to HuggingFace and back, judged by the command that judges conversions. */
class VerifyCommandTest {
  @TempDir Path folder;

  @Test
  void everyFormOfAModelPasses() throws IOException {
    Path model = DemoFiles.model(folder);
    Path huggingface = folder.resolve("hf");
    Run.of(
            "convert",
            model,
            huggingface,
            "--to",
            "huggingface",
            "--weights",
            "safetensors,pytorch,keras")
        .exits(ExitCode.OK);
    for (String file : new String[] {"model.safetensors", "pytorch_model.bin", "tf_model.h5"}) {
      assertTrue(Files.exists(huggingface.resolve("discriminator").resolve(file)), file);
    }
    Path again = folder.resolve("again");
    Run.of("convert", huggingface, again, "--bundle", "tf_model.h5").exits(ExitCode.OK);
    Run run = Run.of("verify", model, again, "--tolerance", "0").exits(ExitCode.OK);
    assertEquals("", run.err());
    assertTrue(run.out().contains("PASS"), run.out());
    JsonNode json =
        Run.of("verify", model, huggingface, "--tolerance", "0", "--json")
            .exits(ExitCode.OK)
            .json();
    assertTrue(json.get("passed").booleanValue());
    assertEquals(json.get("tensors"), json.get("equal_tensors"));
  }

  @Test
  void anotherModelFails() throws IOException {
    Path model = DemoFiles.model(folder);
    Path hf = folder.resolve("hf");
    Run.of("convert", model, hf, "--to", "huggingface").exits(ExitCode.OK);
    Run run =
        Run.of("verify", model, hf.resolve("discriminator"), "--tolerance", "0")
            .exits(ExitCode.FAILURE);
    assertTrue(run.out().contains("The models differ in their generator"), run.out());
    assertTrue(run.out().contains("FAIL"), run.out());
  }

  @Test
  void impossibleOptionsAreWrongUsage() throws IOException {
    Path model = DemoFiles.model(folder);
    Run.of("verify", model, model, "--tolerance", "-1").refuses(ExitCode.USAGE, "tolerance");
    Run.of("verify", model, folder.resolve("none")).refuses(ExitCode.BAD_INPUT, "none");
  }
}
