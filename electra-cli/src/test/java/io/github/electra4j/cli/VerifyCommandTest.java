package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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

  @Test
  void whatHadToBeToldToConvertIsToldAgain() throws IOException {
    Path tensorflow = DemoFiles.tensorflow(folder);
    Path vocabulary = folder.resolve("pieces");
    Files.move(tensorflow.resolve("vocab.txt"), vocabulary);
    Path model = folder.resolve("told");
    Object[] told = {
      "--vocab", vocabulary, "--cased", "--ignore", "generator*", "--attention-heads", "2"
    };
    Run.of(command("convert", tensorflow, model, told)).exits(ExitCode.OK);
    Run.of(command("verify", tensorflow, model, told)).exits(ExitCode.OK);
    Run.of(command("verify", model, tensorflow, told)).exits(ExitCode.OK);
    Run silent = Run.of("verify", tensorflow, model).exits(ExitCode.FAILURE);
    assertTrue(silent.out().contains("The first model has no vocabulary"), silent.out());
    assertTrue(silent.out().contains("differ in their generator"), silent.out());
    assertTrue(silent.out().contains("FAR "), silent.out());
    Run.of(command("verify", model, model, told))
        .refuses(ExitCode.USAGE, "told is a folder of this project", "leave out the options");
  }

  private static Object[] command(String name, Path first, Path second, Object[] options) {
    return Stream.concat(Stream.of(name, first, second), Stream.of(options)).toArray();
  }

  @Test
  void labelsAreToldAgain() throws IOException {
    TaskHead head = new TaskHead.Tagging("chunk", List.of("O", "B"));
    Checkpoint demo = DemoFiles.checkpoint(DemoFiles.model(folder));
    ElectraConfig config = demo.config().encoderOnly();
    Path model = folder.resolve("chunk");
    new Checkpoint(
            config,
            List.of(head),
            WeightMap.initialise(Checkpoint.layout(config, List.of(head)), 0.05, 1),
            demo.text(),
            Optional.empty())
        .write(model, false);
    Path tensorflow = folder.resolve("tf");
    Run.of("convert", model, tensorflow, "--to", "tensorflow").exits(ExitCode.OK);
    Run silent = Run.of("verify", model, tensorflow).exits(ExitCode.FAILURE);
    assertTrue(
        silent.out().contains("head for the task chunk: tagging with [O, B] and classification"),
        silent.out());
    Run.of("verify", model, tensorflow, "--tags", "chunk=O,B").exits(ExitCode.OK);
    Run.of("verify", model, tensorflow, "--tags", "chunk=B,O").exits(ExitCode.FAILURE);
  }

  @Test
  void anEncoderOfBertCanBeVerified() throws IOException {
    Checkpoint demo = DemoFiles.checkpoint(DemoFiles.model(folder));
    int width = demo.config().encoder().hiddenSize();
    ElectraConfig config = demo.config().encoderOnly().withEmbeddingSize(width);
    Map<String, INDArray> tensors = new TreeMap<>();
    WeightMap.initialise(TensorLayout.of(config), 0.02, 1)
        .arrays()
        .forEach((name, array) -> tensors.put(name.replaceFirst("^electra/", "bert/"), array));
    tensors.put("bert/pooler/dense/kernel", Nd4j.zeros(DataType.FLOAT, 4, 4));
    Path bert = DemoFiles.bundle(folder.resolve("bert/bert_model.ckpt"), tensors).getParent();
    Files.write(bert.resolve("vocab.txt"), demo.text().orElseThrow().vocabulary());
    Path model = folder.resolve("taken");
    Run.of("convert", bert, model, "--from-bert").exits(ExitCode.OK);
    Run.of("verify", bert, model, "--from-bert", "--tolerance", "0").exits(ExitCode.OK);
    Run.of("verify", bert, model).refuses(ExitCode.BAD_INPUT, "is a BERT checkpoint");
    Path exported = folder.resolve("hf");
    Run.of("convert", model, exported, "--to", "huggingface").exits(ExitCode.OK);
    Run.of("verify", exported, model, "--from-bert")
        .refuses(ExitCode.USAGE, "only TensorFlow checkpoints of BERT");
  }
}
