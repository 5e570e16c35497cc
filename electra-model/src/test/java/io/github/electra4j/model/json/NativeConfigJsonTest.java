package io.github.electra4j.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.VocabularyHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeConfigJsonTest {
  private static final long SEED = 4711;

  private static final NativeConfig EXAMPLE =
      new NativeConfig(
          ElectraConfig.tiny(100).withDiscriminatorHead(false),
          List.of(
              new TaskHead.Classification("sst", List.of("0", "1")),
              new TaskHead.Regression("sts", 0, 5)));

  @Test
  void theTextIsThatOfTheFormatsDescription() {
    assertEquals(
        """
        {
          "architectures" : [ "ElectraModel" ],
          "model_type" : "electra",
          "vocab_size" : 100,
          "embedding_size" : 128,
          "hidden_size" : 128,
          "num_hidden_layers" : 4,
          "num_attention_heads" : 2,
          "intermediate_size" : 512,
          "hidden_dropout_prob" : 0.1,
          "attention_probs_dropout_prob" : 0.1,
          "max_position_embeddings" : 512,
          "type_vocab_size" : 2,
          "initializer_range" : 0.02,
          "hidden_act" : "gelu",
          "layer_norm_eps" : 1.0E-12,
          "position_embedding_type" : "absolute",
          "pad_token_id" : 0,
          "electra4j" : {
            "format_version" : 1,
            "discriminator_head" : false,
            "generator" : {
              "kind" : "separate",
              "untied_embeddings" : false,
              "hidden_size" : 32,
              "num_hidden_layers" : 4,
              "num_attention_heads" : 1,
              "intermediate_size" : 128,
              "hidden_dropout_prob" : 0.1,
              "attention_probs_dropout_prob" : 0.1
            },
            "task_heads" : [ {
              "type" : "classification",
              "task" : "sst",
              "labels" : [ "0", "1" ]
            }, {
              "type" : "regression",
              "task" : "sts",
              "minimum" : 0.0,
              "maximum" : 5.0
            } ]
          }
        }
        """,
        NativeConfigJson.write(EXAMPLE).replace("\r\n", "\n"));
  }

  @Test
  void everyConfigurationSurvives() throws MalformedFileException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 500; i++) {
      NativeConfig content = new NativeConfig(config(random), heads(random));
      String json = NativeConfigJson.write(content);
      assertEquals(content, read(json), "seed=%d case %d: %s".formatted(SEED, i, json));
    }
  }

  @Test
  void aHuggingFaceReaderUnderstandsTheFile() throws MalformedFileException {
    ElectraConfig config = ElectraConfig.smallPlusPlus();
    String json = NativeConfigJson.write(new NativeConfig(config, List.of()));
    int block = json.indexOf(",", json.indexOf("pad_token_id"));
    JsonFields foreign = JsonFields.parse("config.json", json.substring(0, block) + "}");
    assertEquals(config.discriminatorOnly(), HuggingFaceConfigJson.read(foreign).config());
  }

  @Test
  void everyKindOfHeadIsReadAsItWasWritten() throws MalformedFileException {
    SpanSettings defaults = SpanSettings.defaults();
    SpanSettings other =
        new SpanSettings(
            false,
            5,
            new SpanSettings.Answerability(SpanSettings.Evidence.FIRST_TOKEN, 0.25),
            new SpanSettings.Windows(16, 32),
            new SpanSettings.Choice(7, 12, -1.5));
    NativeConfig config =
        new NativeConfig(
            ElectraConfig.tiny(100),
            List.of(
                new TaskHead.Tagging("chunk", List.of("B-NP", "O")),
                new TaskHead.SpanAnswer("squad", true, defaults),
                new TaskHead.SpanAnswer("squadv1", false, other),
                new TaskHead.SpanAnswer(
                    "plain", false, other.withAnswerability(SpanSettings.Answerability.none())),
                new TaskHead.PairRanking("turns"),
                new TaskHead.PairRanking("choices", HeadLayers.TWO),
                new TaskHead.Classification("mnli", List.of("a", "b"), HeadLayers.TWO),
                new TaskHead.Regression("stsb", 0, 5, HeadLayers.TWO),
                new TaskHead.IntentAndSlots("atis", List.of("a", "b"), List.of("O"))));
    assertEquals(config, read(NativeConfigJson.write(config)));
  }

  @Test
  void theArchitectureIsWhatTheWeightsServe() {
    ElectraConfig config = ElectraConfig.small();
    ElectraConfig shared = config.withGenerator(GeneratorConfig.shared(config.encoder()));
    assertTrue(written(config).contains("\"ElectraForPreTraining\""));
    assertTrue(written(shared.withDiscriminatorHead(false)).contains("\"ElectraForMaskedLM\""));
    assertTrue(written(config.encoderOnly()).contains("\"ElectraModel\""));
  }

  /** Single quotes stand for double ones. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'electra4j'                  | 'electra'                     | there is no block \"electra4j\"",
        "'electra4j' : {              | 'electra4j' : 1, 'x' : {      | an object",
        "'format_version' : 1         | 'format_version' : 2          | use a newer program",
        "'discriminator_head'         | 'discriminator_hed'           | nearest known key is \"discriminator_head\"",
        "'vocab_size'                 | 'vocabsize'                   | nearest known key is \"vocab_size\"",
        "'vocab_size' : 100,          | ''                            | \"vocab_size\" is missing",
        "'hidden_size' : 128          | 'hidden_size' : 127           | not a multiple",
        "'num_hidden_layers' : 4       | 'num_hidden_layers' : 2000000000 | layers is 2000000000; it must be at most 1000",
        "'kind' : 'separate'          | 'kind' : 'separated'          | one of separate, shared, two_tower",
        "'kind' : 'separate'          | 'kind' : 'shared'             | a shared encoder is one and the same",
        "'untied_embeddings'          | 'untied'                      | electra4j.generator.untied",
        "'type' : 'classification'    | 'type' : 'clasification'      | one of [classification, regression",
        "'labels' : [ '0', '1' ]      | 'labels' : [ '0' ]            | at least two",
        "'labels' : [ '0', '1' ]      | 'labels' : [ '0', '0' ]       | twice",
        "'task' : 'sst'               | 'task' : 's/t'                | cannot be part of a tensor's name",
        "'maximum' : 5.0              | 'maximum' : -5.0              | above the minimum",
        "'maximum'                    | 'maximun'                     | electra4j.task_heads[1].maximun",
        "'hidden_act' : 'gelu'        | 'hidden_act' : 'relu'         | \"gelu\""
      })
  void everyMistakeIsNamed(String from, String to, String expected) {
    String json = NativeConfigJson.write(EXAMPLE);
    String replacement = to.equals("''") ? "" : to.replace('\'', '"');
    String changed = json.replaceFirst(quoted(from), replacement);
    assertTrue(!changed.equals(json), from);
    String message = assertThrows(MalformedFileException.class, () -> read(changed)).getMessage();
    assertTrue(message.startsWith("config.json: "), message);
    assertTrue(message.contains(expected), message);
  }

  private static String quoted(String text) {
    return java.util.regex.Pattern.quote(text.replace('\'', '"'));
  }

  private static String written(ElectraConfig config) {
    return NativeConfigJson.write(new NativeConfig(config, List.of()));
  }

  private static NativeConfig read(String json) throws MalformedFileException {
    return NativeConfigJson.read(JsonFields.parse("config.json", json));
  }

  private static ElectraConfig config(SplittableRandom random) {
    EncoderConfig encoder = encoder(random);
    Optional<GeneratorConfig> generator =
        switch (random.nextInt(5)) {
          case 0 -> Optional.empty();
          case 4 ->
              Optional.of(
                  new GeneratorConfig(
                      GeneratorConfig.Kind.SEPARATE, encoder(random), true, random.nextBoolean()));
          case 1 -> Optional.of(GeneratorConfig.shared(encoder));
          case 2 ->
              Optional.of(
                  new GeneratorConfig(
                      GeneratorConfig.Kind.SEPARATE, encoder(random), random.nextBoolean()));
          default ->
              Optional.of(
                  new GeneratorConfig(
                      GeneratorConfig.Kind.TWO_TOWER, encoder(random), random.nextBoolean()));
        };
    int head = random.nextInt(3);
    Optional<VocabularyHead> vocabularyHead =
        head == 2 ? Optional.empty() : Optional.of(VocabularyHead.values()[head]);
    return new ElectraConfig(
        1 + random.nextInt(50_000),
        1 + random.nextInt(1024),
        1 + random.nextInt(512),
        1 + random.nextInt(4),
        random.nextDouble() + Double.MIN_VALUE,
        encoder,
        generator,
        random.nextBoolean(),
        vocabularyHead);
  }

  private static EncoderConfig encoder(SplittableRandom random) {
    int heads = 1 + random.nextInt(16);
    return new EncoderConfig(
        heads * (1 + random.nextInt(64)),
        1 + random.nextInt(24),
        heads,
        1 + random.nextInt(4096),
        random.nextDouble(),
        random.nextDouble());
  }

  private static List<TaskHead> heads(SplittableRandom random) {
    List<TaskHead> heads = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      double minimum = random.nextDouble() - 0.5;
      heads.add(
          random.nextBoolean()
              ? new TaskHead.Classification("c-" + i, List.of("", "\u00e9\"\n", "x" + i))
              : new TaskHead.Regression("r_" + i, minimum, 1 + random.nextDouble()));
    }
    return heads;
  }
}
