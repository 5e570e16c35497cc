package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.Conversion.Target;
import io.github.electra4j.convert.ConversionReport.Fate;
import io.github.electra4j.convert.ConversionReport.Tensor;
import io.github.electra4j.convert.ExportOptions.WeightFile;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.convert.tensor.TensorSource;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.VocabularyHead;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report says about every tensor is what the written files hold. */
class TargetReportTest {
  private static final List<TaskHead> HEADS =
      List.of(
          new TaskHead.Classification("sst", List.of("bad", "good")),
          new TaskHead.Regression("sts", 0, 5, HeadLayers.TWO),
          new TaskHead.SpanAnswer(
              "squad",
              false,
              SpanSettings.defaults()
                  .withEnds(false, 1)
                  .withAnswerability(SpanSettings.Answerability.none())));
  private static final ElectraConfig CONFIG =
      Bundles.CONFIG
          .withGenerator(
              new GeneratorConfig(
                  GeneratorConfig.Kind.SEPARATE, new EncoderConfig(12, 2, 1, 32, 0.1, 0.1), false))
          .withVocabularyHead(Optional.of(VocabularyHead.PLAIN));

  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void write() throws IOException {
    source = folder.resolve("source");
    Checkpoint checkpoint =
        new Checkpoint(
            CONFIG,
            HEADS,
            WeightMap.initialise(Checkpoint.layout(CONFIG, HEADS), 0.1, 3),
            Optional.empty(),
            Optional.empty());
    checkpoint.write(source, false);
  }

  private ConversionReport report(Path from, Target form, ExportOptions options)
      throws IOException {
    return Conversion.from(from).to(folder.resolve("out"), form, options);
  }

  private static Tensor row(ConversionReport report, String name) {
    return report.tensors().stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyNameAndEveryAxisIsAsInTheFilesOfHuggingFace() throws IOException {
    ExportOptions all = ExportOptions.standard().withWeightFiles(EnumSet.allOf(WeightFile.class));
    ConversionReport report = report(source, Target.HUGGINGFACE, all);
    Map<String, StoredTensor> written = written(folder.resolve("out"));
    Set<String> told = new TreeSet<>();
    for (Tensor tensor : report.tensors()) {
      for (String place : tensor.target().map(t -> t.split(" and ", -1)).orElse(new String[0])) {
        boolean transposed = tensor.transposed() || place.endsWith(" (transposed)");
        String name = place.replace(" (transposed)", "");
        told.add(name);
        assertTrue(written.containsKey(name), name);
        long[] shape = written.get(name).shape();
        boolean made = !tensor.remark().isEmpty(); // of several, or with others
        if (!made) {
          long[] axes = tensor.shape();
          assertArrayEquals(transposed ? new long[] {axes[1], axes[0]} : axes, shape, name);
        }
      }
    }
    Set<String> untold = new TreeSet<>(written.keySet());
    untold.removeAll(told);
    // the constants of a layer that becomes two
    assertEquals(6, untold.size(), untold::toString);
    assertTrue(untold.stream().allMatch(name -> name.startsWith("sst/")), untold::toString);
    List<Tensor> left = report.tensors(Fate.IGNORED);
    assertTrue(
        left.stream().allMatch(tensor -> tensor.name().startsWith("encoder_predictions/")),
        left::toString);
    assertEquals(5, left.size());
    assertTrue(left.get(0).remark().contains("none of the networks"), left::toString);
  }

  private static Map<String, StoredTensor> written(Path out) throws IOException {
    Map<String, StoredTensor> written = new TreeMap<>();
    for (String network : Golden.names(out)) {
      for (WeightFile kind : WeightFile.values()) {
        Path file = out.resolve(network).resolve(kind.fileName());
        try (TensorSource tensors = WeightFormats.open(file)) {
          tensors
              .tensors()
              .forEach(
                  (name, tensor) ->
                      written.put("%s/%s: %s".formatted(network, kind.fileName(), name), tensor));
        }
      }
    }
    return written;
  }

  @Test
  void aKernelIsRenamedAndTransposed() throws IOException {
    ConversionReport report = report(source, Target.HUGGINGFACE, ExportOptions.standard());
    Tensor kernel = row(report, "electra/encoder/layer_0/output/dense/kernel");
    assertEquals(
        "renamed   electra/encoder/layer_0/output/dense/kernel FLOAT [24, 16]"
            + " -> discriminator/model.safetensors: electra.encoder.layer.0.output.dense.weight"
            + " and sst/model.safetensors: electra.encoder.layer.0.output.dense.weight"
            + " and sts/model.safetensors: electra.encoder.layer.0.output.dense.weight"
            + " and squad/model.safetensors: electra.encoder.layer.0.output.dense.weight"
            + " (transposed)",
        kernel.toString());
    Tensor single = row(report, "task_specific/sst/dense/kernel");
    assertEquals(Optional.of("sst/model.safetensors: classifier.dense.weight"), single.target());
    assertTrue(single.remark().contains("and its negative"), single::toString);
    Tensor start = row(report, "task_specific/squad/dense/kernel");
    assertEquals(Optional.of("squad/model.safetensors: qa_outputs.weight"), start.target());
    assertEquals("start and end joined", start.remark());
  }

  @Test
  void whatATaskDoesNotNeedIsIgnored() throws IOException {
    ExportOptions features = ExportOptions.standard().withTask("feature-extraction");
    ConversionReport report = report(source, Target.HUGGINGFACE, features);
    for (Tensor tensor : report.tensors()) {
      boolean kept = tensor.name().startsWith("electra/");
      assertEquals(kept ? Fate.RENAMED : Fate.IGNORED, tensor.fate(), tensor::toString);
      assertEquals(
          kept ? "" : "it is no part of the task feature-extraction",
          tensor.remark(),
          tensor::toString);
    }
  }

  @Test
  void betweenTwoFoldersOfHuggingFaceNothingChanges() throws IOException {
    report(source, Target.HUGGINGFACE, ExportOptions.standard());
    ConversionReport report =
        Conversion.from(folder.resolve("out"))
            .to(folder.resolve("again"), Target.HUGGINGFACE, ExportOptions.standard());
    assertEquals(List.of(), report.tensors(Fate.RENAMED));
    assertEquals(List.of(), report.tensors(Fate.IGNORED));
    assertTrue(report.tensors().stream().noneMatch(Tensor::transposed));
    Tensor tied = report.tensors(Fate.TIED).get(0);
    assertTrue(tied.target().orElseThrow().contains(": electra.embeddings."), tied::toString);
  }

  @Test
  void roundingIsToldAndTheOptimizerIsNotForgotten() throws IOException {
    Path own = folder.resolve("golden");
    Golden.checkpoint().write(own, false);
    Conversion with = Conversion.from(own).options(ImportOptions.standard().withOptimizer(true));
    ConversionReport half =
        with.to(
            folder.resolve("half"),
            Target.HUGGINGFACE,
            ExportOptions.standard().withPrecision(Precision.BFLOAT16));
    assertEquals("rounded to BFLOAT16", half.tensors(Fate.RENAMED).get(0).remark());
    assertEquals(List.of(), half.tensors(Fate.OPTIMIZER));
    assertEquals(160, half.tensors(Fate.IGNORED).size());
    ConversionReport graph =
        with.to(folder.resolve("graph"), Target.SAMEDIFF, ExportOptions.standard());
    assertEquals(80, graph.tensors(Fate.KEPT).size());
    assertEquals(160, graph.tensors(Fate.IGNORED).size());
    ConversionReport bundle =
        with.to(folder.resolve("bundle"), Target.TENSORFLOW, ExportOptions.standard());
    assertEquals(160, bundle.tensors(Fate.OPTIMIZER).size());
  }

  @Test
  void anOnnxModelHoldsWhatItsTaskComputesWith() throws IOException {
    ConversionReport report = report(source, Target.ONNX, ExportOptions.standard().withTask("sst"));
    String model = Files.readString(folder.resolve("out/model.onnx"), StandardCharsets.ISO_8859_1);
    for (Tensor tensor : report.tensors()) {
      boolean used =
          tensor.name().startsWith("electra/") || tensor.name().startsWith("task_specific/sst/");
      assertEquals(used ? Fate.KEPT : Fate.IGNORED, tensor.fate(), tensor::toString);
      assertEquals(used, model.contains(tensor.name()), tensor::toString);
      assertFalse(tensor.transposed());
    }
  }
}
