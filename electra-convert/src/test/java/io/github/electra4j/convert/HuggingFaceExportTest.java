package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.convert.Conversion.Target;
import io.github.electra4j.convert.ExportOptions.WeightFile;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.testkit.GoldenTensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written for HuggingFace is read again without a loss, from every weight file. */
class HuggingFaceExportTest {
  private static final EncoderConfig SMALL = new EncoderConfig(32, 2, 2, 64, 0.1, 0.1);
  private static final EncoderConfig TINY = new EncoderConfig(16, 2, 1, 64, 0.1, 0.1);
  private static final ElectraConfig BARE =
      new ElectraConfig(211, 16, 40, 2, 0.02, SMALL, Optional.empty(), true);

  private static final ExportOptions ALL =
      ExportOptions.standard().withWeightFiles(EnumSet.allOf(WeightFile.class));

  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void nameTheTarget() {
    target = folder.resolve("out");
  }

  static Stream<ElectraConfig> architectures() {
    GeneratorConfig own = new GeneratorConfig(GeneratorConfig.Kind.SEPARATE, TINY, false);
    GeneratorConfig wide =
        new GeneratorConfig(GeneratorConfig.Kind.SEPARATE, SMALL.withDropout(0.1, 0.1), true);
    return Stream.of(
        BARE,
        BARE.withDiscriminatorHead(false),
        BARE.withEmbeddingSize(32),
        BARE.withGenerator(own),
        BARE.withGenerator(wide),
        BARE.withEmbeddingSize(32).withGenerator(own),
        BARE.withGenerator(GeneratorConfig.shared(SMALL)),
        BARE.withGenerator(GeneratorConfig.shared(SMALL)).withDiscriminatorHead(false));
  }

  private static Checkpoint checkpoint(ElectraConfig config) {
    return Checkpoint.of(config, WeightMap.initialise(TensorLayout.of(config), 0.02, 7));
  }

  private List<String> write(Checkpoint checkpoint) throws IOException {
    return HuggingFaceExport.write(checkpoint, target, ALL);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyArchitectureComesBackFromEveryWeightFile(ElectraConfig config) throws IOException {
    Checkpoint written = checkpoint(config);
    write(written);
    for (String file : List.of("model.safetensors", "pytorch_model.bin", "tf_model.h5")) {
      Golden.assertSame(
          written, Conversion.from(target).options(HuggingFaceTiny.from(file)).read().checkpoint());
    }
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Checkpoint checkpoint = checkpoint(BARE);
    write(checkpoint);
    Path again = folder.resolve("again");
    HuggingFaceExport.write(checkpoint, again, ALL);
    for (String name : Golden.names(target.resolve("discriminator"))) {
      Golden.assertSameFile(name, target.resolve("discriminator"), again.resolve("discriminator"));
    }
  }

  @Test
  void everyFileIsThereAndNothingElse() throws IOException {
    ConversionReport report =
        Conversion.from(Golden.folder())
            .options(Golden.options())
            .to(target, Target.HUGGINGFACE, ALL);
    assertEquals(List.of("discriminator", "generator"), Golden.names(target));
    for (String network : Golden.names(target)) {
      assertEquals(
          List.of(
              "config.json",
              "model.safetensors",
              "pytorch_model.bin",
              "special_tokens_map.json",
              "tf_model.h5",
              "tokenizer_config.json",
              "vocab.txt"),
          Golden.names(target.resolve(network)).stream()
              .filter(name -> !name.equals("tokenizer.json"))
              .toList());
    }
    String notes = String.join("\n", report.notes());
    assertTrue(notes.contains("Written: discriminator and generator in " + target), notes);
    Golden.assertSame(
        Golden.checkpoint().withoutOptimizer(), Conversion.from(target).read().checkpoint());
  }

  @Test
  void theGoldenFolderComesBackNumberByNumber() throws IOException {
    Checkpoint golden = Conversion.from(HuggingFaceTiny.folder()).read().checkpoint();
    HuggingFaceExport.write(golden, target, ALL);
    for (String network : List.of("discriminator", "generator")) {
      GoldenTensors expected =
          GoldenTensors.read(
              HuggingFaceTiny.folder().resolve(network).resolve("model.safetensors"));
      GoldenTensors actual =
          GoldenTensors.read(target.resolve(network).resolve("model.safetensors"));
      Set<String> names = new java.util.TreeSet<>(expected.names());
      names.remove("generator_lm_head.weight");
      assertEquals(names, new java.util.TreeSet<>(actual.names()));
      for (String name : names) {
        assertEquals(
            List.of(expected.get(name).shape()[0], expected.get(name).dtype()),
            List.of(actual.get(name).shape()[0], actual.get(name).dtype()));
        org.junit.jupiter.api.Assertions.assertArrayEquals(
            expected.get(name).values(), actual.get(name).values(), name);
      }
    }
  }

  @Test
  void theTokenizerIsWrittenInOneFileToo() throws IOException {
    String pieces = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nun\n##able\n";
    ElectraConfig config = BARE.withVocabSize(7);
    write(
        checkpoint(config)
            .withText(
                new TextSettings(
                    pieces.getBytes(StandardCharsets.UTF_8), true, Optional.of(false))));
    Path discriminator = target.resolve("discriminator");
    assertEquals(pieces, Files.readString(discriminator.resolve("vocab.txt")));
    JsonNode json = new ObjectMapper().readTree(discriminator.resolve("tokenizer.json").toFile());
    assertEquals(6, json.at("/model/vocab/##able").asInt());
    assertEquals("WordPiece", json.at("/model/type").asText());
    assertEquals(2, json.at("/post_processor/special_tokens/[CLS]/ids/0").asInt());
    assertEquals(5, json.at("/post_processor/pair").size());
    assertEquals(5, json.get("added_tokens").size());
    assertTrue(json.at("/normalizer/lowercase").asBoolean());
    assertFalse(json.at("/normalizer/strip_accents").asBoolean(true));
    Checkpoint again = Conversion.from(target).read().checkpoint();
    assertEquals(Optional.of(false), again.text().orElseThrow().stripAccents());
  }

  @Test
  void aVocabularyWithoutSpecialTokensGivesNoTokenizerFile() throws IOException {
    ElectraConfig config = BARE.withVocabSize(2);
    byte[] pieces = "a\nb\n".getBytes(StandardCharsets.UTF_8);
    List<String> notes =
        write(checkpoint(config).withText(new TextSettings(pieces, true, Optional.empty())));
    assertFalse(Files.exists(target.resolve("discriminator/tokenizer.json")));
    assertTrue(notes.get(1).contains("No tokenizer.json was written"), notes::toString);
  }

  @Test
  void whatHasNoPlaceIsSaid() throws IOException {
    Checkpoint tuned = tuned(new TaskHead.Classification("sst", List.of("0", "1")));
    String notes = String.join("\n", write(tuned));
    assertTrue(notes.contains("There is no vocabulary to write"), notes);
    Path towers = folder.resolve("towers");
    GeneratorConfig twoTower = new GeneratorConfig(GeneratorConfig.Kind.TWO_TOWER, TINY, false);
    notes =
        String.join(
            "\n", HuggingFaceExport.write(checkpoint(BARE.withGenerator(twoTower)), towers, ALL));
    assertTrue(notes.contains("generator of two towers is not written"), notes);
    assertEquals(List.of("discriminator"), Golden.names(towers));
  }

  @Test
  void whatIsThereIsNotReplacedUnasked() throws IOException {
    Files.createDirectories(target);
    Files.writeString(target.resolve("mine.txt"), "mine");
    assertThrows(FileAlreadyExistsException.class, () -> write(checkpoint(BARE)));
    assertEquals(List.of("mine.txt"), Golden.names(target));
    assertEquals(List.of("out"), Golden.names(folder));
  }

  @Test
  void anOlderPairIsReplacedOnRequest() throws IOException {
    write(Conversion.from(HuggingFaceTiny.folder()).read().checkpoint());
    Checkpoint other = checkpoint(BARE);
    assertThrows(FileAlreadyExistsException.class, () -> write(other));
    HuggingFaceExport.write(other, target, ALL.withOverwrite(true));
    assertEquals(List.of("discriminator"), Golden.names(target));
    Golden.assertSame(other, Conversion.from(target).read().checkpoint());
    Files.writeString(target.resolve("discriminator/mine.txt"), "mine");
    assertThrows(
        FileAlreadyExistsException.class,
        () -> HuggingFaceExport.write(other, target, ALL.withOverwrite(true)));
  }

  @Test
  void aFolderOfModelsIsNoOlderExport() throws IOException {
    Checkpoint model = checkpoint(BARE);
    model.write(target.resolve("small"), false);
    FileAlreadyExistsException refused = refusal(model);
    assertTrue(
        refused.getMessage().contains("small/config.json, which does not belong to an older"),
        refused::getMessage);
    Golden.assertSame(model, Checkpoint.read(target.resolve("small")));
  }

  @Test
  void aModelOfThisProjectIsNoExportWhateverItsName() throws IOException {
    Checkpoint model = checkpoint(BARE);
    model.write(target.resolve("discriminator"), false);
    FileAlreadyExistsException refused = refusal(model);
    assertTrue(
        refused.getMessage().contains("discriminator, a model of this project"),
        refused::getMessage);
    Golden.assertSame(model, Checkpoint.read(target.resolve("discriminator")));
  }

  @Test
  void theExportOfAnotherTaskIsKept() throws IOException {
    TaskHead head = new TaskHead.Classification("sst", List.of("0", "1"));
    HuggingFaceExport.write(tuned(head), target, ALL.withTask("sst"));
    FileAlreadyExistsException refused = refusal(checkpoint(BARE));
    assertTrue(refused.getMessage().contains("sst/config.json"), refused::getMessage);
    HuggingFaceExport.write(tuned(head), target, ALL.withTask("sst").withOverwrite(true));
    assertEquals(List.of("sst"), Golden.names(target));
  }

  private FileAlreadyExistsException refusal(Checkpoint model) {
    return assertThrows(
        FileAlreadyExistsException.class,
        () -> HuggingFaceExport.write(model, target, ALL.withOverwrite(true)));
  }

  private static Checkpoint tuned(TaskHead head) {
    List<TaskHead> heads = List.of(head);
    return new Checkpoint(
        BARE.encoderOnly(),
        heads,
        WeightMap.initialise(Checkpoint.layout(BARE.encoderOnly(), heads), 0.02, 7),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aFailureMidwayLeavesNothing() throws IOException {
    Checkpoint checkpoint = Golden.checkpoint();
    checkpoint.weights().get("electra/embeddings_project/kernel").close();
    assertThrows(IllegalStateException.class, () -> write(checkpoint));
    assertEquals(List.of(), Golden.names(folder));
  }
}
