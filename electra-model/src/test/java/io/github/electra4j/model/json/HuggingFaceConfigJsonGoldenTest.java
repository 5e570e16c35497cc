package io.github.electra4j.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TaskHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Configurations that HuggingFace's library wrote or reads. */
class HuggingFaceConfigJsonGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/huggingface");

  @Test
  void theTinyPair() throws IOException {
    HuggingFaceConfig discriminator = read("tiny-discriminator.json");
    EncoderConfig encoder = new EncoderConfig(32, 2, 2, 64, 0.1, 0.1);
    ElectraConfig expected =
        new ElectraConfig(211, 16, 40, 2, 0.02, encoder, Optional.empty(), true);
    assertEquals(expected, discriminator.config());
    assertEquals(Optional.of("ElectraForPreTraining"), discriminator.architecture());
    ElectraConfig generator = read("tiny-generator.json").config();
    EncoderConfig narrow = new EncoderConfig(8, 2, 1, 32, 0.1, 0.1);
    assertEquals(Optional.of(GeneratorConfig.shared(narrow)), generator.generator());
    assertEquals(16, generator.embeddingSize());
  }

  @Test
  void publishedDiscriminators() throws IOException {
    ElectraConfig base = ElectraConfig.base().discriminatorOnly();
    assertEquals(base.withVocabSize(32000), read("published-2020.json").config());
    assertEquals(base.withVocabSize(50265), read("published-2022.json").config());
  }

  @Test
  void aClassifierIsAnEncoderWithLabels() throws IOException {
    HuggingFaceConfig read = read("published-classifier.json");
    assertEquals(ElectraConfig.small().encoderOnly(), read.config());
    assertEquals(Optional.of("ElectraForSequenceClassification"), read.architecture());
    assertEquals(List.of("negative", "positive"), read.labels());
  }

  @Test
  void aNativeFileSurvivesHuggingFacesLibrary() throws IOException {
    String name = "native-resaved.json";
    NativeConfig read =
        NativeConfigJson.read(JsonFields.parse(name, Files.readString(FOLDER.resolve(name))));
    List<TaskHead> heads =
        List.of(
            new TaskHead.Classification("sst", List.of("0", "1")),
            new TaskHead.Regression("sts", 0, 5));
    assertEquals(new NativeConfig(ElectraConfig.tiny(100), heads), read);
  }

  private static HuggingFaceConfig read(String name) throws IOException {
    return HuggingFaceConfigJson.read(
        JsonFields.parse(name, Files.readString(FOLDER.resolve(name))));
  }
}
