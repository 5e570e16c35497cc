package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.Conversion.Target;
import io.github.electra4j.convert.samediff.SameDiffFile;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.Generator;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.graph.TokenFeeds;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.testkit.TensorAssert;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A checkpoint as a SameDiff file: stock SameDiff runs it, and we read it again. */
class SameDiffTest {
  private static final double TOLERANCE = 1e-5;
  private static final int PIECES = 53;
  private static final ElectraConfig CONFIG =
      new ElectraConfig(
              PIECES,
              24,
              40,
              2,
              0.02,
              new EncoderConfig(32, 2, 4, 64, 0.1, 0.1),
              Optional.empty(),
              true)
          .withGenerator(
              new GeneratorConfig(
                  GeneratorConfig.Kind.SEPARATE, new EncoderConfig(16, 2, 1, 64, 0.1, 0.1), false));
  private static final TaskHead.Classification SST =
      new TaskHead.Classification("sst", List.of("bad", "good", "neither"));
  private static final List<TaskHead> HEADS =
      List.of(
          SST,
          new TaskHead.Tagging("chunk", List.of("O", "B")),
          new TaskHead.SpanAnswer("squad", true, SpanSettings.defaults()),
          new TaskHead.IntentAndSlots("atis", List.of("a", "b"), List.of("O", "B", "I")));

  @TempDir Path folder;
  private Path target;
  private Checkpoint checkpoint;

  @BeforeEach
  void write() throws IOException {
    byte[] vocabulary =
        Stream.concat(
                Stream.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
                IntStream.range(5, PIECES).mapToObj(i -> "p" + i))
            .collect(Collectors.joining("\n", "", "\n"))
            .getBytes(StandardCharsets.UTF_8);
    checkpoint =
        new Checkpoint(
            CONFIG,
            HEADS,
            WeightMap.initialise(Checkpoint.layout(CONFIG, HEADS), 0.1, 4),
            Optional.of(new TextSettings(vocabulary, false, Optional.of(true))),
            Optional.empty());
    Path source = folder.resolve("native");
    checkpoint.write(source, false);
    target = folder.resolve("out");
    Conversion.from(source).to(target, Target.SAMEDIFF, ExportOptions.standard());
  }

  private static TokenBatch batch() {
    return TokenBatch.padded(
        List.of(new int[] {2, 7, 9, 30, 52, 3}, new int[] {2, 11, 3}, new int[] {2, 8, 8, 8, 3}),
        List.of(new int[] {0, 0, 1, 1, 1, 1}, new int[3], new int[] {0, 0, 0, 1, 1}),
        6);
  }

  private static float[] numbers(INDArray array) {
    return array.dup('c').ravel().toFloatVector();
  }

  @Test
  void stockSameDiffComputesTheSame() throws IOException {
    SameDiff graph = SameDiff.load(target.resolve("model.fb").toFile(), false);
    String replaced = "discriminator_predictions/logits";
    String words = "generator_predictions/logits";
    String classes = "task_specific/sst/logits";
    Map<String, INDArray> feeds = new HashMap<>(TokenFeeds.of(batch(), CONFIG));
    feeds.keySet().retainAll(graph.inputs()); // stock SameDiff refuses the others
    Map<String, INDArray> results = graph.output(feeds, List.of(replaced, words, classes));
    try (Discriminator discriminator = Discriminator.of(CONFIG, checkpoint.weights());
        Generator generator = Generator.of(CONFIG, checkpoint.weights());
        FineTunedModel model = FineTunedModel.of(checkpoint, SST)) {
      INDArray expected = Nd4j.createFromArray(discriminator.logits(batch()));
      TensorAssert.assertWithin(
          replaced, numbers(expected), numbers(results.get(replaced)), TOLERANCE);
      TensorAssert.assertWithin(
          words,
          numbers(generator.activations(batch()).get(0).logits()),
          numbers(results.get(words)),
          TOLERANCE);
      List<TaskTarget> targets =
          List.of(new TaskTarget.Label(0), new TaskTarget.Label(0), new TaskTarget.Label(0));
      INDArray scores =
          Nd4j.createFromArray(model.outputs(LabelledBatch.of("sst", batch(), targets)));
      TensorAssert.assertWithin(classes, numbers(scores), numbers(results.get(classes)), TOLERANCE);
    }
  }

  @Test
  void itsVariablesHaveTheNamesOfTheCheckpoint() {
    SameDiff graph = SameDiff.load(target.resolve("model.fb").toFile(), false);
    for (String name : checkpoint.weights().names()) {
      SDVariable variable = graph.getVariable(name);
      assertTrue(variable != null, name);
      assertEquals(checkpoint.weights().get(name), variable.getArr());
    }
  }

  @Test
  void everythingComesBackBitByBit() throws IOException {
    Checkpoint back = Conversion.from(target).read().checkpoint();
    assertEquals(checkpoint.config(), back.config());
    assertEquals(checkpoint.heads(), back.heads());
    assertEquals(checkpoint.text(), back.text());
    assertEquals(checkpoint.weights().arrays(), back.weights().arrays());
  }

  @Test
  void withoutAConfigurationTheShapesTell() throws IOException {
    Path alone = folder.resolve("alone.fb");
    Files.copy(SameDiffTiny.write(folder.resolve("tiny")).resolve("model.fb"), alone);
    ImportOptions options =
        ImportOptions.standard().withHints(ArchitectureHints.none().withAttentionHeads(2));
    ImportedModel result = Conversion.from(alone).options(options).read();
    assertEquals(2, result.checkpoint().config().encoder().attentionHeads());
    assertEquals(8, result.checkpoint().config().maxPositions());
    assertTrue(result.checkpoint().config().discriminatorHead());
    assertEquals(result.checkpoint().weights().layout().size(), result.report().tensors().size());
  }

  @Test
  void graphsOfOthersAreReadInWhateverOrderTheirArraysLie() throws IOException {
    SameDiff graph = SameDiff.create();
    INDArray columns = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}}).dup('f');
    graph.var("columns", columns);
    graph.var("doubles", Nd4j.createFromArray(1.5, -2.25));
    graph.constant("constant", Nd4j.createFromArray(9f));
    Path file = folder.resolve("other.fb");
    graph.save(file.toFile(), false);
    try (SameDiffFile source = SameDiffFile.open(file)) {
      assertEquals(2, source.tensors().size());
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, numbers(source.read("columns")));
      assertArrayEquals(new double[] {1.5, -2.25}, source.read("doubles").toDoubleVector());
    }
  }

  @Test
  void anotherModelsWeightsAreRefused() throws IOException {
    Path other = SameDiffTiny.write(folder.resolve("tiny"));
    Files.copy(
        other.resolve("model.fb"),
        target.resolve("model.fb"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    MalformedFileException refusal =
        assertThrows(MalformedFileException.class, () -> Conversion.from(target).read());
    assertTrue(refusal.getMessage().contains("does not fit its architecture"));
  }

  @Test
  void anOlderFileIsReplacedOnRequestOnly() throws IOException {
    Conversion conversion = Conversion.from(folder.resolve("native"));
    assertThrows(
        FileAlreadyExistsException.class,
        () -> conversion.to(target, Target.SAMEDIFF, ExportOptions.standard()));
    conversion.to(target, Target.SAMEDIFF, ExportOptions.standard().withOverwrite(true));
  }

  @Test
  void shortAndEmptyFilesAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(target.resolve("model.fb"));
    for (int length : new int[] {0, 3, 4, 100, whole.length / 2}) {
      Path file = folder.resolve("short.fb");
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      MalformedFileException refusal =
          assertThrows(MalformedFileException.class, () -> SameDiffFile.open(file));
      assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
    }
  }
}
