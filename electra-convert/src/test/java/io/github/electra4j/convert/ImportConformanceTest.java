package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.ConversionReport.Fate;
import io.github.electra4j.convert.tensorflow.BundleIndex;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.testkit.SharedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints that others wrote, imported and exported. */
@Tag("conformance")
class ImportConformanceTest {
  private static final ImportOptions WITH_OPTIMIZER = ImportOptions.standard().withOptimizer(true);

  @TempDir Path folder;

  static List<Path> bundles() throws IOException {
    List<Path> folders = new ArrayList<>(SharedFolders.goldenCases("pretraining", "checkpoint"));
    folders.addAll(SharedFolders.goldenCases("finetuning", "checkpoint"));
    List<Path> bundles = new ArrayList<>();
    for (Path each : folders) {
      try (Stream<Path> files = Files.list(each)) {
        files
            .map(Path::toString)
            .filter(name -> name.endsWith(".index"))
            .map(name -> Path.of(name.substring(0, name.length() - ".index".length())))
            .sorted()
            .forEach(bundles::add);
      }
    }
    return bundles;
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void importAndExportReproduceTheFilesByteForByte(Path bundle) throws IOException {
    Path out = folder.resolve("out");
    Checkpoint checkpoint = TensorFlowImport.read(bundle, WITH_OPTIMIZER).checkpoint();
    TensorFlowExport.write(checkpoint, out, ExportOptions.standard());
    String name = "model.ckpt-" + checkpoint.optimizer().orElseThrow().globalStep();
    assertEquals(bundle.getFileName().toString(), name);
    Path copy = out.resolve(name);
    assertEquals(-1, Files.mismatch(BundleIndex.indexFile(bundle), BundleIndex.indexFile(copy)));
    assertEquals(
        -1, Files.mismatch(BundleIndex.dataFile(bundle, 0, 1), BundleIndex.dataFile(copy, 0, 1)));
  }

  @Test
  void aZipOfAPublishedFolderImportsToTheSame() throws IOException {
    for (Path each : SharedFolders.goldenCases("pretraining", "checkpoint")) {
      Path zip = folder.resolve(each.getFileName() + ".zip");
      zip(each, zip);
      ImportedModel fromZip = TensorFlowImport.read(zip, WITH_OPTIMIZER);
      Golden.assertSame(
          TensorFlowImport.read(each, WITH_OPTIMIZER).checkpoint(), fromZip.checkpoint());
      Path out = folder.resolve(each.getFileName().toString());
      Conversion.from(zip)
          .options(WITH_OPTIMIZER)
          .to(out, Conversion.Target.NATIVE, ExportOptions.standard());
      Golden.assertSame(fromZip.checkpoint(), Checkpoint.read(out));
    }
  }

  private static void zip(Path from, Path zip) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : Golden.names(from)) {
        out.putNextEntry(new ZipEntry(from.getFileName() + "/" + name));
        Files.copy(from.resolve(name), out);
        out.closeEntry();
      }
    }
  }

  @Test
  void theVocabularyOfTheRunsFits() throws IOException {
    Path vocabulary = SharedFolders.golden("pretraining/vocab_tiny.txt");
    ImportOptions options =
        ImportOptions.standard().withPlace(SourceOptions.none().withVocabulary(vocabulary));
    Checkpoint checkpoint =
        TensorFlowImport.read(SharedFolders.golden("pretraining/electra"), options).checkpoint();
    assertEquals(checkpoint.config().vocabSize(), checkpoint.text().orElseThrow().pieces());
  }

  @Test
  void aRealBertCheckpointIsRefusedAndWithTheOptionItsEncoderRuns() throws IOException {
    Path bert = SharedFolders.data("checkpoints/keras-bert-test_checkpoint");
    Path target = folder.resolve("out");
    Conversion conversion = Conversion.from(bert);
    MalformedFileException error =
        assertThrows(
            MalformedFileException.class,
            () -> conversion.to(target, Conversion.Target.NATIVE, ExportOptions.standard()));
    assertTrue(
        error.getMessage().contains("none of its 139 tensor(s) is below electra/"),
        error.getMessage());
    assertFalse(Files.exists(target));

    ConversionReport report =
        conversion
            .options(ImportOptions.standard().withFromBert(true))
            .to(target, Conversion.Target.NATIVE, ExportOptions.standard());
    assertEquals(139, report.tensors().size());
    assertEquals(37, report.tensors(Fate.RENAMED).size());
    assertEquals(102, report.tensors(Fate.IGNORED).size());
    Checkpoint encoder = Checkpoint.read(target);
    assertEquals(4, encoder.config().encoder().attentionHeads(), "from bert_config.json");
    assertEquals(15, encoder.text().orElseThrow().pieces());
    try (Discriminator discriminator = Discriminator.of(encoder.config(), encoder.weights())) {
      assertTrue(
          Float.isFinite(
              discriminator
                  .activations(TokenBatch.of(2, 5, 6, 3))
                  .layers()
                  .get(1)
                  .getFloat(0, 0, 0)));
    }
  }

  @Test
  void anIndexOfFullSizeWithoutDataIsDescribed() throws IOException {
    Path folder = SharedFolders.data("checkpoints/bert_wwm-index-only");
    Inspection found = Inspection.of(folder);
    assertEquals(207, found.tensors().size());
    assertTrue(
        found.problems().get(0).contains("bert_model.ckpt.data-00000-of-00001 is missing"),
        found.problems()::toString);
    assertTrue(found.problems().get(1).contains("is a BERT checkpoint"), found::toText);
    assertEquals(102882442, found.parameters());
  }
}
