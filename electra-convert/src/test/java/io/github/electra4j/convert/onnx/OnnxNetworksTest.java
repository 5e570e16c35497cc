package io.github.electra4j.convert.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.onnx.OnnxRun.Output;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.Generator;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.ProjectVersion;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.testkit.TensorAssert;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pre-trained networks, run by ONNX Runtime, compute what they compute here. */
class OnnxNetworksTest {
  private static final double TOLERANCE = 1e-4;
  private static final EncoderConfig WIDE = new EncoderConfig(32, 3, 4, 64, 0.1, 0.1);
  private static final EncoderConfig NARROW = new EncoderConfig(16, 2, 1, 64, 0.1, 0.1);
  private static final ElectraConfig BARE =
      new ElectraConfig(97, 24, 40, 2, 0.02, WIDE, Optional.empty(), true);
  private static final ElectraConfig PAIR =
      BARE.withGenerator(new GeneratorConfig(GeneratorConfig.Kind.SEPARATE, NARROW, false));

  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void nameTheTarget() {
    target = folder.resolve("out");
  }

  static Stream<ElectraConfig> architectures() {
    return Stream.of(
        PAIR,
        BARE.withEmbeddingSize(32)
            .withGenerator(new GeneratorConfig(GeneratorConfig.Kind.SEPARATE, NARROW, true)),
        BARE.withGenerator(GeneratorConfig.shared(WIDE)));
  }

  private static Checkpoint checkpoint(ElectraConfig config) {
    return Checkpoint.of(config, WeightMap.initialise(TensorLayout.of(config), 0.2, 9));
  }

  private static TokenBatch batch(int size, int seq) {
    Random random = new Random(31L * size + seq);
    List<int[]> ids = new ArrayList<>();
    List<int[]> types = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int length = i == 0 ? seq : 1 + random.nextInt(seq);
      ids.add(random.ints(length, 0, 97).toArray());
      types.add(random.ints(length, 0, 2).toArray());
    }
    return TokenBatch.padded(ids, types, seq);
  }

  private static List<TokenBatch> batches() {
    return List.of(batch(1, 1), batch(1, 40), batch(4, 17), batch(7, 5));
  }

  private OnnxRun exported(Checkpoint checkpoint, OnnxOptions options) throws Exception {
    OnnxExport.write(checkpoint, target, options);
    return new OnnxRun(target);
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return flat;
  }

  private static float[] numbers(INDArray array) {
    return array.dup('c').ravel().toFloatVector();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void replacedTokens(ElectraConfig config) throws Exception {
    Checkpoint checkpoint = checkpoint(config);
    try (OnnxRun onnx = exported(checkpoint, OnnxOptions.standard());
        Discriminator model = Discriminator.of(config, checkpoint.weights())) {
      for (TokenBatch batch : batches()) {
        TensorAssert.assertWithin(
            "logits", flat(model.logits(batch)), onnx.run(batch).get("logits").values(), TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void fillMask(ElectraConfig config) throws Exception {
    Checkpoint checkpoint = checkpoint(config);
    OnnxOptions options = OnnxOptions.standard().withTask(OnnxExport.FILL_MASK);
    try (OnnxRun onnx = exported(checkpoint, options);
        Generator model = Generator.of(config, checkpoint.weights())) {
      for (TokenBatch batch : batches()) {
        Output logits = onnx.run(batch).get("logits");
        assertArrayEquals(new long[] {batch.batch(), batch.seq(), 97}, logits.shape());
        float[] expected = numbers(model.activations(batch).get(0).logits());
        TensorAssert.assertWithin("logits", expected, logits.values(), TOLERANCE);
      }
    }
  }

  @Test
  void features() throws Exception {
    Checkpoint checkpoint = checkpoint(PAIR);
    OnnxOptions options = OnnxOptions.standard().withTask(OnnxExport.FEATURES);
    try (OnnxRun onnx = exported(checkpoint, options);
        Discriminator model = Discriminator.of(PAIR, checkpoint.weights())) {
      for (TokenBatch batch : batches()) {
        List<INDArray> layers = model.activations(batch).layers();
        float[] expected = numbers(layers.get(layers.size() - 1));
        float[] actual = onnx.run(batch).get("last_hidden_state").values();
        TensorAssert.assertWithin("last_hidden_state", expected, actual, TOLERANCE);
      }
    }
  }

  @Test
  void namesAndAxesAreThoseOfOtherExporters() throws Exception {
    try (OnnxRun onnx = exported(checkpoint(PAIR), OnnxOptions.standard())) {
      String axes = "INT64 batch_size sequence_length";
      assertEquals(
          Map.of("input_ids", axes, "attention_mask", axes, "token_type_ids", axes), onnx.inputs());
      assertEquals(Map.of("logits", "FLOAT batch_size sequence_length"), onnx.outputs());
      assertEquals("electra4j", onnx.producer());
      assertEquals("electra", onnx.graphName());
      assertEquals(
          Map.of("task", "replaced-token-detection", "precision", "float32"), onnx.metadata());
    }
  }

  @Test
  void labelsAndNameAreInTheModel() throws Exception {
    TaskHead head = new TaskHead.Classification("sst", List.of("\"0\"", "schön"));
    ElectraConfig config = BARE.withDiscriminatorHead(false);
    Checkpoint checkpoint =
        new Checkpoint(
            config,
            List.of(head),
            WeightMap.initialise(Checkpoint.layout(config, List.of(head)), 0.2, 5),
            Optional.empty(),
            Optional.empty());
    OnnxOptions options =
        new OnnxOptions(Optional.empty(), Precision.FLOAT32, Optional.of("reviews"), false);
    try (OnnxRun onnx = exported(checkpoint, options)) {
      assertEquals(
          Map.of(
              "model_name", "reviews",
              "head", "sst",
              "task", "text-classification",
              "labels", "[\"\\\"0\\\"\",\"schön\"]",
              "precision", "float32"),
          onnx.metadata());
      assertEquals(Map.of("logits", "FLOAT batch_size 2"), onnx.outputs());
      assertEquals("reviews", onnx.graphName());
    }
    String json = Files.readString(target.resolve("config.json"));
    assertTrue(json.contains("ElectraForSequenceClassification"), json);
    assertTrue(json.contains("schön"), json);
  }

  @Test
  void theProducersVersionFollowsItsName() throws Exception {
    OnnxExport.write(checkpoint(BARE), target, OnnxOptions.standard());
    // fields 1 (format, a number), 2 (producer) and 3 (its version) of ModelProto
    byte[] version = ProjectVersion.current().getBytes(StandardCharsets.UTF_8);
    ByteBuffer wanted = ByteBuffer.allocate(2 + 2 + 9 + 2 + version.length);
    wanted.put((byte) (1 << 3)).put((byte) 8);
    wanted.put((byte) (2 << 3 | 2)).put((byte) 9).put("electra4j".getBytes(StandardCharsets.UTF_8));
    wanted.put((byte) (3 << 3 | 2)).put((byte) version.length).put(version);
    byte[] file = Files.readAllBytes(target.resolve("model.onnx"));
    assertArrayEquals(wanted.array(), Arrays.copyOf(file, wanted.capacity()));
    assertTrue(ProjectVersion.current().matches("\\d+\\.\\d+.*"), ProjectVersion.current());
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT16", "BFLOAT16"})
  void halvesAreRoundedWeights(Precision precision) throws Exception {
    Checkpoint checkpoint = checkpoint(PAIR);
    WeightMap rounded =
        WeightMap.of(
            checkpoint.weights().layout(),
            Map.copyOf(rounded(checkpoint.weights(), precision)),
            "rounded");
    for (String task : List.of(OnnxExport.REPLACED_TOKENS, OnnxExport.FEATURES)) {
      OnnxOptions options = new OnnxOptions(Optional.of(task), precision, Optional.empty(), true);
      try (OnnxRun onnx = exported(checkpoint, options);
          Discriminator model = Discriminator.of(PAIR, rounded)) {
        TokenBatch batch = batch(4, 17);
        List<INDArray> layers = model.activations(batch).layers();
        float[] expected =
            task.equals(OnnxExport.FEATURES)
                ? numbers(layers.get(layers.size() - 1))
                : flat(model.logits(batch));
        float[] actual = onnx.run(batch).values().iterator().next().values();
        TensorAssert.assertWithin(task, expected, actual, TOLERANCE);
      }
    }
  }

  static Map<String, INDArray> rounded(WeightMap weights, Precision precision) {
    Map<String, INDArray> rounded = new java.util.LinkedHashMap<>();
    weights
        .arrays()
        .forEach(
            (name, array) ->
                rounded.put(
                    name,
                    io.github.electra4j.convert.tensor.NarrowFloats.narrow(name, array, precision)
                        .castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT)));
    return rounded;
  }

  @Test
  void bytesStayNear() throws Exception {
    ElectraConfig config =
        ElectraConfig.tiny(97)
            .withGenerator(new GeneratorConfig(GeneratorConfig.Kind.SEPARATE, NARROW, false));
    Checkpoint checkpoint =
        Checkpoint.of(config, WeightMap.initialise(TensorLayout.of(config), 0.02, 9));
    for (String task : List.of(OnnxExport.FEATURES, OnnxExport.FILL_MASK)) {
      TokenBatch batch = batch(4, 33);
      float[] exact = first(checkpoint, task, Precision.FLOAT32, batch);
      float[] near = first(checkpoint, task, Precision.INT8, batch);
      double error = 0;
      double size = 0;
      for (int i = 0; i < exact.length; i++) {
        error += Math.pow(exact[i] - near[i], 2);
        size += exact[i] * exact[i];
      }
      assertTrue(Math.sqrt(error / size) < 0.05, task + " is off by " + Math.sqrt(error / size));
      assertFalse(Arrays.equals(exact, near), "nothing was rounded");
    }
  }

  private float[] first(Checkpoint checkpoint, String task, Precision precision, TokenBatch batch)
      throws Exception {
    OnnxOptions options = new OnnxOptions(Optional.of(task), precision, Optional.empty(), true);
    try (OnnxRun onnx = exported(checkpoint, options)) {
      return onnx.run(batch).values().iterator().next().values();
    }
  }

  @Test
  void bytesTakeAThirdOfTheSpace() throws Exception {
    ElectraConfig config = ElectraConfig.tiny(2000).discriminatorOnly();
    Checkpoint checkpoint =
        Checkpoint.of(config, WeightMap.initialise(TensorLayout.of(config), 0.02, 9));
    OnnxExport.write(checkpoint, target, OnnxOptions.standard());
    Path small = folder.resolve("small");
    OnnxExport.write(checkpoint, small, OnnxOptions.standard().withPrecision(Precision.INT8));
    long before = Files.size(target.resolve("model.onnx"));
    assertTrue(Files.size(small.resolve("model.onnx")) < before / 3);
  }

  @Test
  void aModelBeyondTheLimitKeepsItsTensorsBeside() throws Exception {
    Checkpoint checkpoint = checkpoint(PAIR);
    OnnxExport.write(checkpoint, target, OnnxOptions.standard(), 20_000);
    assertEquals(Set.of("model.onnx", "model.onnx_data", "config.json"), names(target));
    TokenBatch batch = batch(4, 17);
    try (OnnxRun onnx = new OnnxRun(target);
        Discriminator model = Discriminator.of(PAIR, checkpoint.weights())) {
      float[] actual = onnx.run(batch).get("logits").values();
      TensorAssert.assertWithin("logits", flat(model.logits(batch)), actual, TOLERANCE);
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void theSameModelGivesTheSameBytes() throws Exception {
    OnnxExport.write(checkpoint(PAIR), target, OnnxOptions.standard());
    Path again = folder.resolve("again");
    OnnxExport.write(checkpoint(PAIR), again, OnnxOptions.standard());
    assertEquals(-1L, Files.mismatch(target.resolve("model.onnx"), again.resolve("model.onnx")));
  }

  @Test
  void theTokenizerComesAlong() throws Exception {
    byte[] vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n".getBytes(StandardCharsets.UTF_8);
    Checkpoint plain = checkpoint(BARE);
    Checkpoint checkpoint =
        new Checkpoint(
            BARE,
            List.of(),
            plain.weights(),
            Optional.of(new TextSettings(vocabulary, true, Optional.empty())),
            Optional.empty());
    OnnxExport.write(checkpoint, target, OnnxOptions.standard());
    assertEquals(
        Set.of(
            "model.onnx",
            "config.json",
            "vocab.txt",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json"),
        names(target));
  }

  @Test
  void anOlderExportIsReplacedOnRequestOnly() throws Exception {
    OnnxExport.write(checkpoint(PAIR), target, OnnxOptions.standard());
    assertThrows(
        FileAlreadyExistsException.class,
        () -> OnnxExport.write(checkpoint(PAIR), target, OnnxOptions.standard()));
    OnnxExport.write(
        checkpoint(PAIR),
        target,
        new OnnxOptions(
            Optional.of(OnnxExport.FEATURES), Precision.FLOAT32, Optional.empty(), true));
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.txt"), "years of work");
    assertThrows(
        FileAlreadyExistsException.class,
        () ->
            OnnxExport.write(
                checkpoint(PAIR),
                foreign,
                new OnnxOptions(Optional.empty(), Precision.FLOAT32, Optional.empty(), true)));
  }

  @Test
  void aTaskThatIsNotThereIsRefusedWithThoseThatAre() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                OnnxExport.write(checkpoint(BARE), target, OnnxOptions.standard().withTask("sst")));
    assertEquals(
        "The checkpoint has nothing for the task sst; it can be exported for replaced-token-detection, feature-extraction",
        refusal.getMessage());
    assertFalse(Files.exists(target));
  }

  @Test
  void aWeightThatIsTooLargeIsRefusedByNameAndNothingIsLeft() throws Exception {
    Checkpoint checkpoint = checkpoint(BARE);
    String name = "electra/encoder/layer_1/output/dense/kernel";
    Map<String, INDArray> arrays = checkpoint.weights().copy();
    arrays.get(name).putScalar(3, 7, 70_000);
    Checkpoint large = Checkpoint.of(BARE, WeightMap.of(TensorLayout.of(BARE), arrays, "test"));
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                OnnxExport.write(
                    large, target, OnnxOptions.standard().withPrecision(Precision.FLOAT16)));
    assertEquals(
        "Tensor " + name + " holds 70000.0, which is too large for float16; write it as float32",
        refusal.getMessage());
    assertEquals(Set.of(), names(folder));
  }
}
