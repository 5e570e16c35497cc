package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.testkit.Corruptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class ConvertCommandTest {
  private static final String BUNDLE = "model.ckpt-0";

  @TempDir Path folder;
  private Path tensorflow;
  private Path output;

  @BeforeEach
  void unpack() throws IOException {
    tensorflow = DemoFiles.tensorflow(folder);
    output = folder.resolve("out");
  }

  private Path tarGz() throws IOException {
    Path archive = folder.resolve("demo.tar.gz");
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file));
        var content = Files.list(tensorflow)) {
      for (Path each : content.sorted().toList()) {
        byte[] bytes = Files.readAllBytes(each);
        TarArchiveEntry entry = new TarArchiveEntry("electra_demo/" + each.getFileName());
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }

  /** Fails unless the command refuses with code 3 and leaves everything as it was. */
  private void refusesWithoutATrace(List<Object> args, String... parts) throws IOException {
    Map<String, String> before = DemoFiles.snapshot(folder);
    Run.of(args.toArray()).refuses(ExitCode.BAD_INPUT, parts);
    assertEquals(before, DemoFiles.snapshot(folder));
  }

  @Test
  void zipTarGzFolderAndPrefixGiveTheSameModel() throws IOException {
    Checkpoint expected = null;
    int number = 0;
    for (Path source :
        List.of(
            DemoFiles.zip(folder),
            tarGz(),
            tensorflow,
            tensorflow.resolve(BUNDLE),
            tensorflow.resolve(BUNDLE + ".index"))) {
      Path target = folder.resolve("model-" + number++);
      Run run = Run.of("convert", source, target).exits(ExitCode.OK);
      assertTrue(run.out().contains("80 tensor(s) kept"), run.out());
      assertTrue(run.out().contains("ignored   global_step"), run.out());
      assertEquals("", run.err());
      Checkpoint actual = Checkpoint.read(target);
      expected = expected == null ? actual : expected;
      assertEquals(expected.config(), actual.config());
      assertEquals(expected.weights().arrays(), actual.weights().arrays());
      assertTrue(actual.text().isPresent());
      assertTrue(actual.optimizer().isEmpty());
    }
  }

  @Test
  void tensorFlowToNativeAndBackIsTheSameToTheByte() throws IOException {
    Path back = folder.resolve("back");
    Run.of("convert", tensorflow, output, "--optimizer").exits(ExitCode.OK);
    Run.of("convert", output, back, "--to", "tensorflow", "--optimizer").exits(ExitCode.OK);
    assertEquals(DemoFiles.snapshot(tensorflow), DemoFiles.snapshot(back));
  }

  @Test
  void theReportIsOneJsonObjectOnRequest() {
    JsonNode report = Run.of("convert", tensorflow, output, "--json").exits(ExitCode.OK).json();
    assertEquals(81, report.get("tensors").size());
    assertEquals(64, report.at("/config/vocab_size").intValue());
    Map<String, Integer> fates = new TreeMap<>();
    report
        .get("tensors")
        .forEach(tensor -> fates.merge(tensor.get("fate").textValue(), 1, Integer::sum));
    assertEquals(Map.of("ignored", 1, "kept", 80), fates);
  }

  @Test
  void slotsOfZerosAreAddedOnRequest() {
    Path exported = folder.resolve("exported");
    Run.of("convert", tensorflow, output).exits(ExitCode.OK);
    Run.of("convert", output, exported, "--to", "tensorflow", "--zero-slots").exits(ExitCode.OK);
    JsonNode inspection = Run.of("inspect", exported, "--json").exits(ExitCode.OK).json();
    assertEquals(160, inspection.get("optimizer_slots").intValue());
    assertEquals(0, inspection.get("global_step").intValue());
  }

  @Test
  void anOutputThatExistsIsReplacedOnlyOnRequest() throws IOException {
    Run.of("convert", tensorflow, output).exits(ExitCode.OK);
    refusesWithoutATrace(
        List.of("convert", tensorflow, output), "there is a checkpoint already", "--overwrite");
    Run.of("convert", tensorflow, output, "--overwrite", "--cased").exits(ExitCode.OK);
    assertFalse(Checkpoint.read(output).text().orElseThrow().lowerCase());
    Path precious = Files.createDirectories(folder.resolve("home"));
    Files.writeString(precious.resolve("letter.txt"), "dear");
    refusesWithoutATrace(List.of("convert", tensorflow, precious, "--overwrite"), "home");
  }

  @Test
  void howTextIsReadIsWrittenDown() throws IOException {
    Run.of("convert", tensorflow, output, "--no-strip-accents").exits(ExitCode.OK);
    assertEquals(false, Checkpoint.read(output).text().orElseThrow().stripAccents().orElseThrow());
    Run.of("convert", tensorflow, output, "--strip-accents", "--cased", "--overwrite")
        .exits(ExitCode.OK);
    assertEquals(true, Checkpoint.read(output).text().orElseThrow().stripAccents().orElseThrow());
  }

  @Test
  void bertIsRefusedWithAReasonAndTakenOnRequest() throws IOException {
    Path prefix = DemoBert.in(folder.resolve("bert"), tensorflow.resolve("vocab.txt"));
    refusesWithoutATrace(
        List.of("convert", prefix, output),
        "is a BERT checkpoint",
        "2 bert/pooler",
        "2 cls/seq_relationship",
        "1 cls/predictions",
        "from-bert");
    Run run = Run.of("convert", prefix, output, "--from-bert").exits(ExitCode.OK);
    assertTrue(run.out().contains("ignored   bert/pooler/dense/kernel"), run.out());
    Checkpoint taken = Checkpoint.read(output);
    assertEquals(16, taken.config().encoder().hiddenSize());
    assertFalse(taken.config().discriminatorHead());
    Run.of("convert", prefix, folder.resolve("x"), "--from-bert", "--optimizer")
        .refuses(ExitCode.USAGE, "--optimizer", "--from-bert", "Try: electra convert --help");
  }

  @Test
  void damageIsFoundAndNothingIsWritten() throws IOException {
    Path data = tensorflow.resolve(BUNDLE + ".data-00000-of-00001");
    Path index = tensorflow.resolve(BUNDLE + ".index");
    byte[] goodData = Files.readAllBytes(data);
    byte[] goodIndex = Files.readAllBytes(index);
    Corruptions.flipBit(data, 12_345, 3);
    refusesWithoutATrace(List.of("convert", tensorflow, output), BUNDLE + ".data-00000", "byte ");
    Corruptions.truncate(data, 1000);
    refusesWithoutATrace(List.of("convert", tensorflow, output), BUNDLE + ".data-00000");
    Files.delete(data);
    refusesWithoutATrace(List.of("convert", tensorflow, output), BUNDLE + ".data-00000-of-00001");
    Files.write(data, goodData);
    Corruptions.truncate(index, goodIndex.length / 2);
    refusesWithoutATrace(List.of("convert", tensorflow, output), BUNDLE + ".index");
    Files.write(index, goodIndex);
    Corruptions.flipBit(index, 700, 0);
    refusesWithoutATrace(List.of("convert", tensorflow, output), BUNDLE + ".index");
    Files.write(index, goodIndex);
    Run.of("convert", tensorflow, output).exits(ExitCode.OK);
  }

  @Test
  void aDamagedArchiveIsRefused() throws IOException {
    Path zip = DemoFiles.zip(folder);
    Corruptions.flipBit(zip, 50_000, 1);
    refusesWithoutATrace(List.of("convert", zip, output), "electra_demo.zip");
    Path tar = tarGz();
    Corruptions.truncate(tar, 60_000);
    refusesWithoutATrace(List.of("convert", tar, output), "demo.tar.gz");
  }

  @Test
  void aVocabularyOfAnotherSizeIsRefused() throws IOException {
    Path vocabulary = tensorflow.resolve("vocab.txt");
    Files.writeString(vocabulary, Files.readString(vocabulary) + "more\n");
    refusesWithoutATrace(
        List.of("convert", tensorflow, output), "vocab.txt", "65 pieces", "64 rows");
  }

  @Test
  void weightsThatAreNoNumbersStayWhatTheyAreButCannotBeUsed() throws IOException {
    Run.of("convert", tensorflow, output).exits(ExitCode.OK);
    Checkpoint good = Checkpoint.read(output);
    Map<String, INDArray> weights = new TreeMap<>(good.weights().copy());
    weights.get("electra/embeddings/word_embeddings").putScalar(3, Float.NaN);
    Path bad = DemoFiles.bundle(folder.resolve("nan/model.ckpt-0"), weights);
    Files.copy(tensorflow.resolve("vocab.txt"), folder.resolve("nan/vocab.txt"));
    Path glue = DemoFiles.reviews(folder, 4, 4);
    Map<String, String> before = DemoFiles.snapshot(folder);
    Run.of("finetune", bad, "--task", "sst", "--data", glue, "--output", folder.resolve("run"))
        .refuses(ExitCode.BAD_INPUT, "electra/embeddings/word_embeddings", "NaN");
    assertEquals(before, DemoFiles.snapshot(folder));
  }

  @Test
  void whatIsNoCheckpointIsRefused() throws IOException {
    refusesWithoutATrace(List.of("convert", folder.resolve("nowhere"), output), "nowhere");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    refusesWithoutATrace(List.of("convert", empty, output), "holds no TensorFlow checkpoint");
    refusesWithoutATrace(
        List.of("convert", tensorflow, output, "--vocab", folder.resolve("v.txt")), "v.txt");
    refusesWithoutATrace(
        List.of("convert", tensorflow, output, "--bundle", "other"), "other", BUNDLE);
  }

  @Test
  void optionsThatMakeNoSenseAreWrongUsage() throws IOException {
    Run.of("convert", tensorflow, output, "--attention-heads", "0")
        .refuses(ExitCode.USAGE, "--attention-heads is 0");
    Run.of("convert", tensorflow, output, "--generator-attention-heads", "-2")
        .refuses(ExitCode.USAGE, "--generator-attention-heads is -2");
    Run.of("convert", tensorflow, output, "--labels", "sst=good")
        .refuses(ExitCode.USAGE, "Task sst has the labels [good]");
    Run.of("convert", tensorflow, output).exits(ExitCode.OK);
    Run.of("convert", output, folder.resolve("x"), "--cased")
        .refuses(ExitCode.USAGE, "folder of this project");
  }

  @Test
  void tensorsAreLeftOutByName() {
    Run run =
        Run.of("convert", tensorflow, output, "--ignore", "generator*", "--ignore", "discrim*")
            .exits(ExitCode.OK);
    assertTrue(run.out().contains("generator_predictions/output_bias"), run.out());
    JsonNode left = Run.of("inspect", output, "--json").exits(ExitCode.OK).json();
    assertEquals(39, left.get("tensors").size());
  }

  @Test
  void aModelGoesToOnnx() throws IOException {
    Run.of("convert", tensorflow, output, "--to", "onnx", "--dtype", "int8").exits(ExitCode.OK);
    assertTrue(Files.size(output.resolve("model.onnx")) > 0);
    assertTrue(Files.exists(output.resolve("config.json")));
    Run.of("convert", tensorflow, output, "--to", "onnx", "--overwrite").exits(ExitCode.OK);
  }

  @Test
  void aTaskThatIsNotThereIsAWrongArgument() {
    Run.of("convert", tensorflow, output, "--to", "onnx", "--task", "sst")
        .refuses(ExitCode.USAGE, "nothing for the task sst", "replaced-token-detection");
    assertFalse(Files.exists(output));
  }

  @Test
  void aModelGoesToSameDiffAndBack() throws IOException {
    Run.of("convert", tensorflow, output, "--to", "samediff").exits(ExitCode.OK);
    Path back = folder.resolve("back");
    Run.of("convert", output, back).exits(ExitCode.OK);
    Path straight = folder.resolve("straight");
    Run.of("convert", tensorflow, straight).exits(ExitCode.OK);
    assertEquals(
        -1L,
        Files.mismatch(back.resolve("model.safetensors"), straight.resolve("model.safetensors")));
  }

  @Test
  void halfPrecisionIsForFormsThatHaveIt() {
    Run.of("convert", tensorflow, output, "--dtype", "float16")
        .refuses(ExitCode.USAGE, "float16", "a folder of this project");
    Run.of("convert", tensorflow, output, "--to", "huggingface", "--dtype", "bfloat16")
        .exits(ExitCode.OK);
  }

  @Test
  void theWholeReportHasALineForEveryTensor() {
    String few = Run.of("convert", tensorflow, output).exits(ExitCode.OK).out();
    String all =
        Run.of("convert", tensorflow, folder.resolve("again"), "--report").exits(ExitCode.OK).out();
    String name = "electra/embeddings/word_embeddings";
    assertFalse(few.contains("kept      " + name), few);
    assertTrue(all.contains("kept      " + name), all);
  }
}
