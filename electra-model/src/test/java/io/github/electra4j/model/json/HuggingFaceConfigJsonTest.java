package io.github.electra4j.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceConfigJsonTest {
  @Test
  void anEmptyFileIsTheLibrarysDefaultElectraSmall() throws MalformedFileException {
    HuggingFaceConfig read = read("{}");
    assertEquals(ElectraConfig.small().encoderOnly(), read.config());
    assertEquals(Optional.empty(), read.architecture());
  }

  /** Single quotes stand for double ones. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'model_type':'bert'                     | \"electra\"; other models",
        "'hidden_act':'gelu_new'                 | \"gelu\"",
        "'hidden_act':'relu'                     | \"gelu\"",
        "'layer_norm_eps':1e-5                   | 1e-12",
        "'position_embedding_type':'relative_key'| \"absolute\"",
        "'is_decoder':true                       | false; ELECTRA is an encoder",
        "'add_cross_attention':true              | false",
        "'is_encoder_decoder':true               | false",
        "'tie_word_embeddings':false             | true",
        "'pruned_heads':{'0':[1]}                | empty",
        "'id2label':{'1':'a'}                    | id2label",
        "'id2label':['a']                        | id2label",
        "'architectures':'ElectraModel'          | list",
        "'hidden_size':250                       | not a multiple of attentionHeads 4",
        "'hidden_dropout_prob':1.5               | in [0, 1)",
        "'vocab_size':0                          | at least 1",
        "'hiden_size':8                          | the nearest known key is \"hidden_size\"",
        "'num_hidden_layer':8                    | the nearest known key is \"num_hidden_layers\""
      })
  void whatCannotBeComputedIsRefused(String field, String expected) {
    String json = "{" + field.replace('\'', '"') + "}";
    String message = assertThrows(MalformedFileException.class, () -> read(json)).getMessage();
    assertTrue(message.startsWith("config.json: "), message);
    assertTrue(message.contains(expected), message);
  }

  @Test
  void whatChangesNothingIsAccepted() throws MalformedFileException {
    HuggingFaceConfig read =
        read(
            """
            {"pruned_heads": {}, "is_decoder": false, "tie_word_embeddings": true, "id2label": null,
             "layer_norm_eps": 1e-12, "chunk_size_feed_forward": 0, "max_length": 20,
             "_attn_implementation_autoset": true, "dtype": "float16", "output_past": true}
            """);
    assertEquals(ElectraConfig.small().encoderOnly(), read.config());
  }

  @Test
  void whatOthersAddIsToldAndNotRefused() throws MalformedFileException {
    HuggingFaceConfig read =
        read(
            """
            {"sbert_ce_default_activation_function": "torch.nn.modules.linear.Identity",
             "hidden_size": 256, "sentence_transformers": {"version": "4.1.0"}}
            """);
    assertEquals(ElectraConfig.small().encoderOnly(), read.config());
    assertEquals(
        List.of("sbert_ce_default_activation_function", "sentence_transformers"),
        read.unknownKeys());
    assertEquals(List.of(), read("{}").unknownKeys());
  }

  @Test
  void whatIsWrittenIsReadBack() throws MalformedFileException {
    for (ElectraConfig config :
        List.of(ElectraConfig.base(), ElectraConfig.smallPlusPlus(), ElectraConfig.tiny(77))) {
      HuggingFaceConfig discriminator = read(HuggingFaceConfigJson.writeDiscriminator(config));
      assertEquals(config.discriminatorOnly(), discriminator.config());
      assertEquals(Optional.of("ElectraForPreTraining"), discriminator.architecture());
      ElectraConfig encoder = config.encoderOnly();
      assertEquals(encoder, read(HuggingFaceConfigJson.writeDiscriminator(encoder)).config());
      GeneratorConfig generator = config.generator().orElseThrow();
      ElectraConfig lone = read(HuggingFaceConfigJson.writeGenerator(config)).config();
      assertEquals(generator.encoder(), lone.encoder());
      assertEquals(Optional.of(GeneratorConfig.shared(generator.encoder())), lone.generator());
      assertEquals(config.embeddingSize(), lone.embeddingSize());
    }
  }

  @Test
  void aGeneratorWithTablesOfItsOwnHasTheirWidth() throws MalformedFileException {
    ElectraConfig config = ElectraConfig.small();
    GeneratorConfig untied = config.generator().orElseThrow().withUntiedEmbeddings(true);
    String json = HuggingFaceConfigJson.writeGenerator(config.withGenerator(untied));
    assertEquals(64, read(json).config().embeddingSize());
  }

  @Test
  void whatHasNoCounterpartIsNotWritten() {
    ElectraConfig config = ElectraConfig.small();
    ElectraConfig towers =
        config.withGenerator(GeneratorConfig.twoTower(config.encoder(), 0.25, 1));
    assertThrows(
        IllegalArgumentException.class, () -> HuggingFaceConfigJson.writeGenerator(towers));
    assertThrows(
        IllegalArgumentException.class,
        () -> HuggingFaceConfigJson.writeGenerator(config.discriminatorOnly()));
  }

  private static HuggingFaceConfig read(String json) throws MalformedFileException {
    return HuggingFaceConfigJson.read(JsonFields.parse("config.json", json));
  }
}
