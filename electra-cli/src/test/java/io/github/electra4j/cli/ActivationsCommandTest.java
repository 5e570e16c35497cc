package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.SafetensorsFile;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.testkit.TensorAssert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ActivationsCommandTest {
  private static final int[][] IDS = {{2, 57, 28, 3}, {2, 15, 3, 0}};
  private static final int[][] MASK = {{1, 1, 1, 1}, {1, 1, 1, 0}};
  private static final int[][] TYPES = {{0, 0, 1, 1}, {0, 0, 0, 0}};

  @TempDir Path folder;
  private Path model;
  private Path input;
  private Path output;

  @BeforeEach
  void convert() throws IOException {
    model = DemoFiles.model(folder);
    input = folder.resolve("ids.safetensors");
    output = folder.resolve("out.safetensors");
  }

  private void write(Map<String, INDArray> tensors) throws IOException {
    SafetensorsFile.write(input, new TreeMap<>(tensors), Map.of(), true);
  }

  private static Map<String, INDArray> all() {
    return Map.of(
        "input_ids", Nd4j.createFromArray(IDS),
        "attention_mask", Nd4j.createFromArray(MASK),
        "token_type_ids", Nd4j.createFromArray(TYPES));
  }

  private Run run(Object... more) {
    Object[] args = new Object[6 + more.length];
    System.arraycopy(
        new Object[] {"activations", model, "--input", input, "--output", output}, 0, args, 0, 6);
    System.arraycopy(more, 0, args, 6, more.length);
    return Run.of(args);
  }

  private void refuses(String... parts) throws IOException {
    Map<String, String> before = DemoFiles.snapshot(folder);
    run().refuses(ExitCode.BAD_INPUT, parts);
    assertEquals(before, DemoFiles.snapshot(folder));
  }

  @Test
  void everyLayerOfTheDiscriminatorIsWritten() throws IOException {
    write(all());
    Run run = run().exits(ExitCode.OK);
    assertEquals("", run.err());
    assertEquals(
        "embeddings [2, 4, 64]\nlayer_0 [2, 4, 64]\nlayer_1 [2, 4, 64]\nlogits [2, 4]\n"
            + "probabilities [2, 4]\n",
        run.out());
    Checkpoint checkpoint = Checkpoint.read(model);
    GoldenTensors written = GoldenTensors.read(output);
    try (Discriminator expected = Discriminator.of(checkpoint.config(), checkpoint.weights())) {
      float[][] probabilities = expected.probabilities(new TokenBatch(IDS, MASK, TYPES));
      float[] actual = written.get("probabilities").floats();
      assertArrayEquals(probabilities[0], java.util.Arrays.copyOf(actual, 4));
      assertArrayEquals(probabilities[1], java.util.Arrays.copyOfRange(actual, 4, 8));
    }
  }

  @Test
  void maskAndTypesAreOnesAndZerosUnlessGiven() throws IOException {
    write(Map.of("input_ids", Nd4j.createFromArray(IDS)));
    run().exits(ExitCode.OK);
    double[] bare = GoldenTensors.read(output).get("layer_1").values();
    write(
        Map.of(
            "input_ids", Nd4j.createFromArray(IDS),
            "attention_mask", Nd4j.createFromArray(new int[][] {{1, 1, 1, 1}, {1, 1, 1, 1}}),
            "token_type_ids", Nd4j.createFromArray(new int[2][4])));
    run("--overwrite").exits(ExitCode.OK);
    TensorAssert.assertWithin(
        "layer_1", bare, GoldenTensors.read(output).get("layer_1").values(), 0);
  }

  @Test
  void idsMayBeOfAnyWholeType() throws IOException {
    write(all());
    run().exits(ExitCode.OK);
    byte[] expected = Files.readAllBytes(output);
    for (org.nd4j.linalg.api.buffer.DataType type :
        new org.nd4j.linalg.api.buffer.DataType[] {
          org.nd4j.linalg.api.buffer.DataType.INT64, org.nd4j.linalg.api.buffer.DataType.INT16
        }) {
      Map<String, INDArray> cast = new TreeMap<>();
      all().forEach((name, array) -> cast.put(name, array.castTo(type)));
      write(cast);
      run("--overwrite").exits(ExitCode.OK);
      assertArrayEquals(expected, Files.readAllBytes(output), type.name());
    }
  }

  @Test
  void theGeneratorHasLogitsOfTheVocabulary() throws IOException {
    write(all());
    Run run = run("--network", "generator", "--json").exits(ExitCode.OK);
    assertEquals("[2,4,64]", run.json().get("logits").toString());
    assertEquals(
        Set.of("embeddings", "layer_0", "layer_1", "logits"), GoldenTensors.read(output).names());
  }

  @Test
  void aModelWithoutAGeneratorIsRefused() throws IOException {
    Path lean = folder.resolve("lean");
    Run.of("convert", DemoFiles.tensorflow(folder), lean, "--ignore", "generator*").exits(0);
    model = lean;
    write(all());
    run("--network", "generator").refuses(ExitCode.BAD_INPUT, "no generator");
    run().exits(ExitCode.OK);
  }

  @Test
  void anOutputThatExistsIsReplacedOnlyOnRequest() throws IOException {
    write(all());
    run().exits(ExitCode.OK);
    refuses("out.safetensors exists already", "--overwrite");
    run("--overwrite").exits(ExitCode.OK);
  }

  @Test
  void whatIsWrongWithTheIdsIsNamed() throws IOException {
    refuses("ids.safetensors does not exist");
    Files.writeString(input, "no tensors");
    refuses("ids.safetensors");
    write(Map.of("ids", Nd4j.createFromArray(IDS)));
    refuses("there is no tensor input_ids, only [ids]");
    write(Map.of("input_ids", Nd4j.createFromArray(1, 2, 3)));
    refuses("tensor input_ids has shape [3]", "[batch, seq]");
    write(
        Map.of(
            "input_ids", Nd4j.createFromArray(IDS),
            "attention_mask", Nd4j.createFromArray(new int[][] {{1, 1}, {1, 1}})));
    refuses("attentionMask");
    write(Map.of("input_ids", Nd4j.createFromArray(new float[][] {{2, 3.5f}})));
    refuses("tensor input_ids has 3.5 at [0, 1]", "whole numbers");
    write(Map.of("input_ids", Nd4j.createFromArray(new long[][] {{2, 1L << 40}})));
    refuses("tensor input_ids has 1.099511627776E12 at [0, 1]");
    write(Map.of("input_ids", Nd4j.createFromArray(new int[][] {{2, 64}})));
    refuses("ids.safetensors: TokenBatch.inputIds[0][1] is 64; the model has ids 0 to 63");
    write(Map.of("input_ids", Nd4j.createFromArray(new int[1][65])));
    refuses("Sequences of 65 tokens do not fit the model, which reads at most 64");
  }
}
