package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.ConversionReport.Fate;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class FromBertTest {
  @TempDir Path folder;

  private Path bert() throws IOException {
    return Bundles.write(
        folder.resolve("bert_model.ckpt"), Bundles.tensors(Shapes.bert(Bundles.BERT_LIKE)));
  }

  @Test
  void bertIsRefusedUnlessAskedFor() throws IOException {
    Path prefix = bert();
    Path target = folder.resolve("out");
    MalformedFileException error =
        assertThrows(
            MalformedFileException.class,
            () ->
                Conversion.from(prefix)
                    .to(target, Conversion.Target.NATIVE, ExportOptions.standard()));
    assertTrue(error.getMessage().contains("bert_model.ckpt is a BERT checkpoint"));
    assertTrue(error.getMessage().contains("from-bert"));
    assertFalse(Files.exists(target));
  }

  @Test
  void itsEncoderIsTakenUnderElectrasNamesAndTheRestIsListed() throws IOException {
    Map<String, INDArray> tensors = Bundles.tensors(Shapes.bert(Bundles.BERT_LIKE));
    ImportedModel result =
        TensorFlowImport.read(
            Bundles.write(folder.resolve("b"), tensors),
            ImportOptions.standard().withFromBert(true));
    assertEquals(Bundles.BERT_LIKE, result.checkpoint().config());
    assertEquals(
        tensors.get("bert/encoder/layer_1/output/dense/kernel"),
        result.checkpoint().weights().get("electra/encoder/layer_1/output/dense/kernel"));
    ConversionReport report = result.report();
    assertEquals(result.checkpoint().weights().names().size(), report.tensors(Fate.RENAMED).size());
    assertEquals(tensors.size(), report.tensors().size());
    assertTrue(report.tensors(Fate.KEPT).isEmpty());
    String text = report.toText();
    assertTrue(
        text.contains(
            "ignored   bert/pooler/dense/bias FLOAT [16] (BERT's pooler, which ELECTRA does not have)"),
        text);
    assertTrue(text.contains("-> electra/embeddings/word_embeddings\n"), text);
  }

  @Test
  void theOptionIsForBertOnly() {
    ImportOptions options = Golden.options().withFromBert(true);
    MalformedFileException error =
        assertThrows(
            MalformedFileException.class, () -> TensorFlowImport.read(Golden.folder(), options));
    assertTrue(error.getMessage().contains("this is no BERT checkpoint"), error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> options.withOptimizer(true));
  }
}
