package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.tensorflow.BundleIndex;
import io.github.electra4j.convert.tensorflow.BundleReader;
import io.github.electra4j.convert.tensorflow.CheckpointState;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.OptimizerState;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class TensorFlowExportTest {
  @TempDir Path folder;

  private static Checkpoint weightsOnly() {
    return Checkpoint.of(
        Bundles.CONFIG, WeightMap.initialise(TensorLayout.of(Bundles.CONFIG), 0.02, 1));
  }

  private static boolean mentions(List<String> notes, String text) {
    return notes.stream().anyMatch(note -> note.contains(text));
  }

  @Test
  void importAndExportReproduceTheOriginalsFilesByteForByte() throws IOException {
    Path out = folder.resolve("a/b/out");
    TensorFlowExport.write(Golden.checkpoint(), out, ExportOptions.standard());
    assertEquals(
        List.of(
            "bert_config.json",
            "checkpoint",
            "model.ckpt-0.data-00000-of-00001",
            "model.ckpt-0.index",
            "vocab.txt"),
        Golden.names(out));
    for (String name : Golden.names(Golden.folder())) {
      Golden.assertSameFile(name, Golden.folder(), out);
    }
  }

  @Test
  void theTripThroughTheNativeFolderChangesNothing() throws IOException {
    ImportOptions withOptimizer = Golden.options().withOptimizer(true);
    Path own = folder.resolve("own");
    Path back = folder.resolve("back");
    Conversion.from(Golden.folder())
        .options(withOptimizer)
        .to(own, Conversion.Target.NATIVE, ExportOptions.standard());
    Golden.assertSame(Golden.checkpoint(), Checkpoint.read(own));
    ConversionReport report =
        Conversion.from(own)
            .options(ImportOptions.standard().withOptimizer(true))
            .to(back, Conversion.Target.TENSORFLOW, ExportOptions.standard());
    for (String name : Golden.names(Golden.folder())) {
      Golden.assertSameFile(name, Golden.folder(), back);
    }
    assertEquals(240, report.tensors().size());
  }

  @Test
  void aRereadExportHasTheAttentionHeadsOfTheOriginal() throws IOException {
    Path out = folder.resolve("out");
    TensorFlowExport.write(Golden.checkpoint(), out, ExportOptions.standard());
    Golden.assertSame(
        Golden.checkpoint(),
        TensorFlowImport.read(out, ImportOptions.standard().withOptimizer(true)).checkpoint());
  }

  @Test
  void theStepNamesTheBundle() throws IOException {
    Checkpoint trained = weightsOnly().withOptimizer(new OptimizerState(1234, Map.of()));
    Path out = folder.resolve("out");
    List<String> notes = TensorFlowExport.write(trained, out, ExportOptions.standard());
    assertEquals("model.ckpt-1234", CheckpointState.read(out).latest());
    assertTrue(mentions(notes, "resumes pre-training only from one with slots"), notes::toString);
    try (BundleReader reader = BundleReader.open(out.resolve("model.ckpt-1234"))) {
      INDArray step = reader.read("global_step");
      assertEquals(DataType.INT64, step.dataType());
      assertEquals(0, step.rank());
      assertEquals(1234, step.getLong(0));
    }
  }

  @Test
  void withoutOptimizerTheBundleHoldsWeightsAlone() throws IOException {
    Path out = folder.resolve("out");
    List<String> notes = TensorFlowExport.write(weightsOnly(), out, ExportOptions.standard());
    assertEquals(
        weightsOnly().weights().names().stream().sorted().toList(),
        List.copyOf(BundleIndex.read(out.resolve("model.ckpt-0")).tensors().keySet()));
    assertTrue(mentions(notes, "There is no vocabulary to write"), notes::toString);
  }

  @Test
  void zeroSlotsCompleteWhatPreTrainingWants() throws IOException {
    String owner = "electra/embeddings/LayerNorm/beta";
    INDArray moment = weightsOnly().weights().get(owner).add(1);
    Checkpoint some =
        weightsOnly()
            .withOptimizer(
                new OptimizerState(
                    3, Map.of(owner + "/adam_m", moment, owner + "/adam_v", moment)));
    for (Checkpoint each : List.of(weightsOnly(), some)) {
      Path out = folder.resolve("out");
      TensorFlowExport.write(each, out, new ExportOptions(true, true));
      Checkpoint read =
          TensorFlowImport.read(out, ImportOptions.standard().withOptimizer(true)).checkpoint();
      OptimizerState state = read.optimizer().orElseThrow();
      boolean trained = each.optimizer().isPresent();
      assertEquals(trained ? 3 : 0, state.globalStep());
      assertEquals(2 * read.weights().names().size(), state.slots().size());
      assertEquals(trained ? moment : moment.mul(0), state.slots().get(owner + "/adam_m"));
      assertEquals(
          0,
          state
              .slots()
              .get("discriminator_predictions/dense/kernel/adam_v")
              .sumNumber()
              .intValue());
    }
  }

  @Test
  void whatTheBundleCannotSayIsSaid() throws IOException {
    ElectraConfig config =
        Bundles.CONFIG
            .encoderOnly()
            .withGenerator(
                new GeneratorConfig(
                    GeneratorConfig.Kind.SEPARATE, new EncoderConfig(16, 2, 4, 24, 0, 0), false));
    List<TaskHead> heads = List.of(new TaskHead.Classification("sst", List.of("bad", "good")));
    Checkpoint checkpoint =
        new Checkpoint(
            config,
            heads,
            WeightMap.initialise(Checkpoint.layout(config, heads), 0.02, 1),
            Optional.of(
                new TextSettings(
                    "a\n".repeat(11).getBytes(StandardCharsets.UTF_8), false, Optional.empty())),
            Optional.empty());
    List<String> notes =
        TensorFlowExport.write(checkpoint, folder.resolve("out"), ExportOptions.standard());
    assertTrue(mentions(notes, "lowerCase=false"), notes::toString);
    assertTrue(mentions(notes, "labels=[bad, good]"), notes::toString);
    assertTrue(mentions(notes, "generator's 4 attention heads"), notes::toString);
  }

  @Test
  void anExistingCheckpointIsReplacedOnlyWhenAllowedAndOtherFilesNever() throws IOException {
    Path out = folder.resolve("out");
    TensorFlowExport.write(weightsOnly(), out, ExportOptions.standard());
    byte[] before = Files.readAllBytes(out.resolve("model.ckpt-0.data-00000-of-00001"));
    Checkpoint other = Golden.checkpoint();
    assertThrows(
        FileAlreadyExistsException.class,
        () -> TensorFlowExport.write(other, out, ExportOptions.standard()));
    assertArrayEquals(before, Files.readAllBytes(out.resolve("model.ckpt-0.data-00000-of-00001")));
    TensorFlowExport.write(other, out, ExportOptions.standard().withOverwrite(true));
    Golden.assertSameFile("model.ckpt-0.index", Golden.folder(), out);
    Files.writeString(out.resolve("thesis.tex"), "years of work");
    assertThrows(
        FileAlreadyExistsException.class,
        () ->
            TensorFlowExport.write(
                weightsOnly(), out, ExportOptions.standard().withOverwrite(true)));
    assertTrue(Files.exists(out.resolve("thesis.tex")));
    assertFalse(Golden.names(folder).stream().anyMatch(name -> name.startsWith(".")));
  }
}
