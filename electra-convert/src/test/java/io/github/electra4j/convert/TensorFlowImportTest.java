package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.ConversionReport.Fate;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TensorFlowImportTest {
  @TempDir Path folder;

  private ImportedModel read(Map<String, INDArray> tensors, ImportOptions options)
      throws IOException {
    return TensorFlowImport.read(Bundles.write(folder.resolve("m"), tensors), options);
  }

  private String failure(Map<String, INDArray> tensors, ImportOptions options) {
    return assertThrows(MalformedFileException.class, () -> read(tensors, options)).getMessage();
  }

  @Test
  void everyTensorOfTheOriginalsCheckpointIsAccountedFor() throws IOException {
    ImportedModel result = TensorFlowImport.read(Golden.folder(), Golden.options());
    ConversionReport report = result.report();
    assertEquals(241, report.tensors().size());
    assertEquals(80, report.tensors(Fate.KEPT).size());
    assertEquals(161, report.tensors(Fate.IGNORED).size());
    assertTrue(
        report
            .toText()
            .contains("ignored   global_step INT64 [] (optimizer state was not asked for)"),
        report::toText);
    assertEquals(194, result.checkpoint().text().orElseThrow().pieces());
    assertTrue(result.checkpoint().optimizer().isEmpty());
    assertEquals(2, result.checkpoint().config().encoder().attentionHeads());
  }

  @Test
  void theOptimizerComesAlongWhenAskedFor() throws IOException {
    Checkpoint checkpoint = Golden.checkpoint();
    assertEquals(0, checkpoint.optimizer().orElseThrow().globalStep());
    assertEquals(160, checkpoint.optimizer().orElseThrow().slots().size());
  }

  @Test
  void absentSlotsAreTolerated() throws IOException {
    Map<String, INDArray> tensors = Bundles.weights(Bundles.CONFIG);
    ImportOptions options = ImportOptions.standard().withOptimizer(true);
    assertTrue(read(tensors, options).checkpoint().optimizer().isEmpty());
    tensors.put("global_step", Nd4j.scalar(3L));
    tensors.put("generator_predictions/temperature", Nd4j.scalar(1f));
    ImportedModel result = read(tensors, options);
    assertEquals(3, result.checkpoint().optimizer().orElseThrow().globalStep());
    assertTrue(
        result.report().toText().contains("have no optimizer slots"), result.report()::toText);
    assertEquals(1, result.report().tensors(Fate.IGNORED).size());
  }

  @Test
  void aSlotWithoutPartnerAndABadStepAreRefused() {
    Map<String, INDArray> tensors = Bundles.weights(Bundles.CONFIG);
    ImportOptions options = ImportOptions.standard().withOptimizer(true);
    tensors.put("electra/embeddings/LayerNorm/beta/adam_m", Nd4j.zeros(DataType.FLOAT, 8));
    assertTrue(failure(tensors, options).contains("no partner: electra/embeddings/LayerNorm"));
    tensors.put("electra/embeddings/LayerNorm/beta/adam_v", Nd4j.zeros(DataType.FLOAT, 7));
    assertTrue(failure(tensors, options).contains("wrong shape electra/embeddings/LayerNorm"));
    tensors.keySet().removeIf(name -> name.contains("adam"));
    tensors.put("global_step", Nd4j.scalar(-1L));
    assertTrue(failure(tensors, options).contains("global_step is -1"));
    tensors.put("global_step", Nd4j.scalar(1f));
    assertTrue(failure(tensors, options).contains("global_step is FLOAT"));
  }

  @Test
  void unknownTensorsAreAllListedAndLeftOutOnlyByName() throws IOException {
    Map<String, INDArray> tensors = Bundles.weights(Bundles.CONFIG);
    tensors.put("extra/one", Nd4j.zeros(DataType.FLOAT, 2, 3));
    tensors.put("extra/two/adam_m", Nd4j.zeros(DataType.FLOAT, 4));
    tensors.put("task_specific/squad/dense/kernel", Nd4j.zeros(DataType.FLOAT, 16, 1));
    tensors.put("task_specific/squad/dense_1/kernel", Nd4j.zeros(DataType.FLOAT, 16, 1));
    String message = failure(tensors, ImportOptions.standard());
    assertTrue(message.contains("holds 4 tensor(s) that have no place"), message);
    assertTrue(message.contains("  extra/one FLOAT [2, 3]"), message);
    assertTrue(message.contains("extra/two/adam_m"), message);
    assertTrue(message.contains("question answering"), message);
    assertTrue(message.contains("\"extra/*\""), message);
    ImportOptions ignoring =
        ImportOptions.standard().withIgnore(List.of("extra/*", "task_specific/squad/*"));
    ConversionReport report = read(tensors, ignoring).report();
    assertEquals(4, report.tensors(Fate.IGNORED).size());
    assertEquals("as asked by \"extra/*\"", report.tensors(Fate.IGNORED).get(0).remark());
    assertTrue(
        failure(tensors, ImportOptions.standard().withIgnore(List.of("extra", "*squad*")))
            .contains("2 tensor(s)"));
  }

  @Test
  void aGeneratorCanBeLeftOutByName() throws IOException {
    ImportOptions options = Golden.options().withIgnore(List.of("generator*"));
    Checkpoint checkpoint = TensorFlowImport.read(Golden.folder(), options).checkpoint();
    assertTrue(checkpoint.config().generator().isEmpty());
    assertTrue(checkpoint.config().discriminatorHead());
  }

  @Test
  void otherFloatingTypesBecomeFloatAndOthersAreRefused() throws IOException {
    Map<String, INDArray> tensors = Bundles.weights(Bundles.CONFIG);
    String beta = "electra/embeddings/LayerNorm/beta";
    String gamma = "electra/embeddings/LayerNorm/gamma";
    String bias = "discriminator_predictions/dense_1/bias";
    tensors.put(beta, Nd4j.createFromArray(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8));
    tensors.put(
        gamma, Nd4j.createFromArray(1f, 2f, .5f, 4f, 5f, 6f, 7f, 8f).castTo(DataType.FLOAT16));
    tensors.put(bias, Nd4j.createFromArray(0.5f).castTo(DataType.BFLOAT16));
    ImportedModel result = read(tensors, ImportOptions.standard());
    INDArray rounded = result.checkpoint().weights().get(beta);
    assertEquals(DataType.FLOAT, rounded.dataType());
    assertEquals(0.3f, rounded.getFloat(2));
    assertEquals(0.5f, result.checkpoint().weights().get(gamma).getFloat(2));
    assertEquals(0.5f, result.checkpoint().weights().get(bias).getFloat(0));
    String text = result.report().toText();
    assertTrue(
        text.contains("kept      " + beta + " DOUBLE [8] -> " + beta + " (rounded to FLOAT)"),
        text);
    assertTrue(text.contains(gamma + " HALF [8] -> " + gamma + " (widened to FLOAT)"), text);
    tensors.put(beta, Nd4j.zeros(DataType.INT32, 8));
    assertTrue(
        failure(tensors, ImportOptions.standard())
            .contains("wrong type  " + beta + " INT32, wanted FLOAT"));
  }

  @Test
  void whatDoesNotFitIsListedAtOnce() {
    Map<String, INDArray> tensors = Bundles.weights(Bundles.CONFIG);
    tensors.remove("electra/embeddings_project/kernel");
    tensors.put("electra/encoder/layer_1/output/dense/bias", Nd4j.zeros(DataType.FLOAT, 15));
    String message = failure(tensors, ImportOptions.standard());
    assertTrue(message.contains("2 problem(s)"), message);
    assertTrue(message.contains("missing     electra/embeddings_project/kernel [8, 16]"), message);
    assertTrue(message.contains("wrong shape electra/encoder/layer_1/output/dense/bias"), message);
  }

  @Test
  void labelsComeFromTheUserOrAreNumbers() throws IOException {
    Map<String, INDArray> tensors = Bundles.weights(Bundles.CONFIG.encoderOnly());
    tensors.put("task_specific/mnli/dense/kernel", Nd4j.rand(DataType.FLOAT, 16, 3));
    tensors.put("task_specific/mnli/dense/bias", Nd4j.rand(DataType.FLOAT, 3));
    tensors.put("task_specific/sts/dense/kernel", Nd4j.rand(DataType.FLOAT, 16, 1));
    tensors.put("task_specific/sts/dense/bias", Nd4j.rand(DataType.FLOAT, 1));
    ImportedModel assumed = read(tensors, ImportOptions.standard());
    TaskHead numbered = new TaskHead.Classification("mnli", List.of("0", "1", "2"));
    assertEquals(
        List.of(numbered, new TaskHead.Regression("sts", 0, 1)), assumed.checkpoint().heads());
    assertTrue(assumed.report().toText().contains("called 0 to 2"), assumed.report()::toText);
    List<TaskHead> given =
        List.of(
            new TaskHead.Regression("sts", 0, 5),
            new TaskHead.Classification("mnli", List.of("c", "e", "n")));
    ImportedModel named = read(tensors, ImportOptions.standard().withHeads(given));
    assertEquals(List.of(given.get(1), given.get(0)), named.checkpoint().heads());
    TaskHead wrong = new TaskHead.Classification("mnli", List.of("a", "b"));
    assertTrue(
        failure(tensors, ImportOptions.standard().withHeads(List.of(wrong)))
            .contains("3 output(s), but 2 were given"));
    TaskHead absent = new TaskHead.Regression("cola", 0, 1);
    assertTrue(
        failure(tensors, ImportOptions.standard().withHeads(List.of(absent)))
            .contains("no head for the task cola"));
  }

  @Test
  void theVocabularyMustBelongToTheWordTable() throws IOException {
    Map<String, INDArray> tensors = Bundles.weights(Bundles.CONFIG);
    Path vocabulary = folder.resolve("vocab.txt");
    ImportOptions standard = ImportOptions.standard();
    assertTrue(read(tensors, standard).report().toText().contains("No vocabulary was found"));
    Files.writeString(vocabulary, "a\n".repeat(12));
    assertTrue(failure(tensors, standard).contains("12 pieces, but the checkpoint's word table"));
    assertTrue(failure(tensors, standard.withSmallerVocabulary(true)).contains("12 pieces"));
    Files.writeString(vocabulary, "a\n".repeat(10));
    assertTrue(failure(tensors, standard).contains("allow a smaller one with --smaller-vocab"));
    ImportOptions cased = standard.withSmallerVocabulary(true).withCase(false, Optional.of(true));
    var text = read(tensors, cased).checkpoint().text().orElseThrow();
    assertEquals(10, text.pieces());
    assertFalse(text.lowerCase());
    assertEquals(Optional.of(true), text.stripAccents());
  }

  @Test
  void aTextThatIsNoVocabularyIsNotTakenForOne() throws IOException {
    Map<String, INDArray> tensors = Bundles.weights(Bundles.CONFIG);
    Path readme = Files.writeString(folder.resolve("LICENSE.txt"), "Apache");
    ImportedModel result = read(tensors, ImportOptions.standard());
    assertTrue(result.checkpoint().text().isEmpty());
    assertTrue(result.report().toText().contains("LICENSE.txt has 1 lines, not 11"));
    assertTrue(
        failure(
                tensors,
                ImportOptions.standard().withPlace(SourceOptions.none().withVocabulary(readme)))
            .contains("1 pieces"));
  }

  @Test
  void aConfigurationBesideTheBundleGivesHeadsAndMustNotContradict() throws IOException {
    Map<String, INDArray> tensors = Bundles.weights(Bundles.CONFIG);
    Path config = folder.resolve("bert_config.json");
    String json = BertConfigJson.write(Bundles.CONFIG);
    Files.writeString(
        config, json.replace("\"num_attention_heads\" : 1", "\"num_attention_heads\" : 4"));
    assertEquals(
        4,
        read(tensors, ImportOptions.standard()).checkpoint().config().encoder().attentionHeads());
    Files.writeString(
        config, json.replace("\"num_hidden_layers\" : 2", "\"num_hidden_layers\" : 3"));
    assertTrue(
        failure(tensors, ImportOptions.standard())
            .contains("discriminator's layers: the tensors have 2, the configuration says 3"));
    Files.writeString(config, "{\"name\": 1}");
    assertTrue(
        failure(tensors, ImportOptions.standard()).contains("this JSON describes no architecture"));
  }
}
