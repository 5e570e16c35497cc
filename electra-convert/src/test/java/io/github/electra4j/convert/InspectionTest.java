package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class InspectionTest {
  private static final ArchitectureHints TWO_HEADS = ArchitectureHints.none().withAttentionHeads(2);

  @TempDir Path folder;

  @Test
  void aBundleIsDescribedFromItsTable() throws IOException {
    Inspection found = Inspection.of(Golden.folder(), SourceOptions.none(), TWO_HEADS);
    assertEquals(Inspection.Format.TENSORFLOW, found.format());
    assertEquals(241, found.tensors().size());
    assertEquals(160, found.slots());
    assertEquals(OptionalLong.of(0), found.globalStep());
    assertEquals(Golden.checkpoint().weights().parameterCount(), found.parameters());
    assertEquals(Golden.checkpoint().config(), found.architecture().orElseThrow().config());
    assertEquals(List.of(), found.problems());
  }

  @Test
  void theTextNamesArchitectureNetworksAndTensors() throws IOException {
    String text = Inspection.of(Golden.folder()).toText();
    assertTrue(text.contains("model.ckpt-0 (tensorflow)\n241 tensors, "), text);
    assertTrue(text.contains("160 optimizer slots, global_step 0\n"), text);
    assertTrue(text.contains("generator: a network of its own, below generator/"), text);
    assertTrue(text.contains("  discriminator_predictions     4 tensors           1,089\n"), text);
    assertTrue(text.contains(" FLOAT    [194, 16]"), text);
    assertFalse(text.contains("Problems"), text);
  }

  @Test
  void theJsonHoldsTheSame() throws IOException {
    JsonNode json = new ObjectMapper().readTree(Inspection.of(Golden.folder()).toJson());
    assertEquals("tensorflow", json.get("format").asText());
    assertEquals(241, json.get("tensors").size());
    assertEquals(32, json.get("config").get("hidden_size").asInt());
    assertEquals(0, json.get("global_step").asInt());
    assertTrue(
        json.get("tensors").findValuesAsText("name").contains("global_step"), json::toString);
    assertEquals(0, json.get("problems").size());
  }

  @Test
  void anIndexWithoutItsDataIsDescribedAndTheMissingFileNamed() throws IOException {
    Path copy = Golden.copyTo(folder.resolve("copy"));
    Files.delete(copy.resolve("model.ckpt-0.data-00000-of-00001"));
    Inspection found = Inspection.of(copy.resolve("model.ckpt-0.index"));
    assertEquals(241, found.tensors().size());
    assertTrue(found.architecture().isPresent());
    assertEquals(OptionalLong.empty(), found.globalStep());
    assertEquals(1, found.problems().size());
    assertTrue(found.problems().get(0).contains("model.ckpt-0.data-00000-of-00001 is missing"));
    assertTrue(found.toText().contains("global_step unknown"), found::toText);
  }

  @Test
  void aNativeFolderAndItsSafetensorsFileAreDescribed() throws IOException {
    Path own = folder.resolve("own");
    Golden.checkpoint().write(own, false);
    Inspection found = Inspection.of(own);
    assertEquals(Inspection.Format.NATIVE, found.format());
    assertEquals(240, found.tensors().size());
    assertEquals(OptionalLong.of(0), found.globalStep());
    assertEquals(Golden.checkpoint().config(), found.architecture().orElseThrow().config());
    assertEquals(List.of(), found.problems());
    Inspection file =
        Inspection.of(own.resolve("model.safetensors"), SourceOptions.none(), TWO_HEADS);
    assertEquals(Inspection.Format.SAFETENSORS, file.format());
    assertEquals("F32", file.tensors().get(0).type());
    assertEquals(Golden.checkpoint().config(), file.architecture().orElseThrow().config());
  }

  @Test
  void aFolderOfHuggingFaceIsDescribed() throws IOException {
    Inspection found = Inspection.of(HuggingFaceTiny.folder());
    assertEquals(Inspection.Format.HUGGINGFACE, found.format());
    assertEquals(43 + 45, found.tensors().size());
    assertEquals(List.of(), found.problems());
    assertEquals(
        Conversion.from(HuggingFaceTiny.folder()).read().checkpoint().config(),
        found.architecture().orElseThrow().config());
    assertTrue(found.toText().contains("discriminator: electra "), found::toText);
  }

  @Test
  void aFolderOfHuggingFaceWithOtherTensorsIsDescribedAsSuch() throws IOException {
    Path own = folder.resolve("own");
    Golden.checkpoint().write(own, false);
    Files.writeString(own.resolve("config.json"), "{\"model_type\": \"electra\"}");
    Inspection found = Inspection.of(own);
    assertEquals(Inspection.Format.HUGGINGFACE, found.format());
    assertTrue(found.architecture().isEmpty());
    assertTrue(found.problems().get(0).contains("have no place in an ELECTRA model"));
    assertThrows(MalformedFileException.class, () -> Conversion.from(own).read());
  }

  @Test
  void aSameDiffFileIsDescribed() throws IOException {
    Path exported = folder.resolve("fb");
    Conversion.from(Golden.folder())
        .options(Golden.options())
        .to(exported, Conversion.Target.SAMEDIFF, ExportOptions.standard());
    for (Path source : List.of(exported, exported.resolve("model.fb"))) {
      Inspection found = Inspection.of(source);
      assertEquals(Inspection.Format.SAMEDIFF, found.format());
      assertEquals(80, found.tensors().size());
      assertEquals(Golden.checkpoint().config(), found.architecture().orElseThrow().config());
      assertEquals(List.of(), found.problems());
      assertTrue(found.toText().contains("(samediff)"), found::toText);
    }
    Files.delete(exported.resolve("config.json"));
    Inspection alone = Inspection.of(exported, SourceOptions.none(), TWO_HEADS);
    assertEquals(List.of(), alone.problems());
    assertEquals(
        Golden.checkpoint().config().encoder().hiddenSize(),
        alone.architecture().orElseThrow().config().encoder().hiddenSize());
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "pytorch_model.bin", "tf_model.h5"})
  void weightsWithoutTheirConfigurationTakeAnother(String weights) throws IOException {
    Path network = HuggingFaceTiny.copy("discriminator", weights, folder.resolve("hf"));
    Checkpoint expected = Conversion.from(network).read().checkpoint();
    Path config = folder.resolve("known.json");
    Files.move(network.resolve("config.json"), config);
    SourceOptions place = SourceOptions.none().withConfig(config);
    for (Path source : List.of(network, network.resolve(weights))) {
      ImportOptions options = ImportOptions.standard().withPlace(place);
      Golden.assertSame(expected, Conversion.from(source).options(options).read().checkpoint());
      Inspection found = Inspection.of(source, place, ArchitectureHints.none());
      assertEquals(Inspection.Format.HUGGINGFACE, found.format());
      assertEquals(expected.config(), found.architecture().orElseThrow().config());
      FileNotFoundException refusal =
          assertThrows(FileNotFoundException.class, () -> Conversion.from(source).read());
      assertTrue(
          refusal.getMessage().startsWith("config.json is missing beside "), refusal::getMessage);
      assertTrue(refusal.getMessage().contains(weights + ". "), refusal::getMessage);
      assertTrue(refusal.getMessage().contains("--config"), refusal::getMessage);
    }
    FileNotFoundException refusal =
        assertThrows(FileNotFoundException.class, () -> Inspection.of(network));
    assertTrue(
        refusal.getMessage().startsWith("config.json is missing beside "), refusal::getMessage);
  }

  @Test
  void aConfigurationThatAsksForMoreTensorsThanFitIntoMemoryIsRefused() throws IOException {
    Path own = folder.resolve("own");
    Golden.checkpoint().write(own, false);
    Path foreign =
        HuggingFaceTiny.copy("generator", "model.safetensors", folder.resolve("foreign"));
    for (Path model : List.of(own, foreign)) {
      Path config = model.resolve("config.json");
      String json = Files.readString(config);
      Files.writeString(
          config,
          json.replaceAll("\"num_hidden_layers\" ?: ?\\d+", "\"num_hidden_layers\": 2000000000"));
      MalformedFileException error =
          assertThrows(MalformedFileException.class, () -> Conversion.from(model).read());
      assertTrue(error.getMessage().contains(config.toString()), error::getMessage);
      assertTrue(error.getMessage().contains("it must be at most 1000"), error::getMessage);
    }
    assertThrows(MalformedFileException.class, () -> Inspection.of(own));
    assertTrue(Inspection.of(foreign).problems().toString().contains("it must be at most 1000"));
  }

  @Test
  void whatIsMissingOrUnexpectedIsListed() throws IOException {
    Map<String, INDArray> tensors = Bundles.weights(Bundles.CONFIG);
    tensors.remove("electra/encoder/layer_1/output/dense/bias");
    tensors.put("extra/one", Nd4j.zeros(DataType.FLOAT, 2, 3));
    tensors.put("electra/embeddings/LayerNorm/beta/adam_m", Nd4j.zeros(DataType.FLOAT, 8));
    List<String> problems = Inspection.of(Bundles.write(folder.resolve("m"), tensors)).problems();
    assertEquals(3, problems.size(), problems::toString);
    assertEquals("missing     electra/encoder/layer_1/output/dense/bias [16]", problems.get(0));
    assertEquals("unexpected  extra/one FLOAT [2, 3]", problems.get(1));
    assertTrue(problems.get(2).contains("weight(s) have no optimizer slots, others have"));
  }

  @Test
  void bertIsDescribedAsWhatItIs() throws IOException {
    Path prefix =
        Bundles.write(folder.resolve("m"), Bundles.tensors(Shapes.bert(Bundles.BERT_LIKE)));
    Inspection found = Inspection.of(prefix);
    assertTrue(found.architecture().isEmpty());
    assertTrue(found.problems().get(0).contains("is a BERT checkpoint"), found::toText);
    assertEquals(OptionalLong.of(5), found.globalStep());
    assertTrue(found.toText().contains("not recognised"), found::toText);
  }
}
