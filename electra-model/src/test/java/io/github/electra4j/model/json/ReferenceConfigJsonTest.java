package io.github.electra4j.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferenceConfigJsonTest {
  @Test
  void whatBertSaysAboutAPoolerIsPassedOver() throws MalformedFileException {
    JsonFields fields =
        JsonFields.parse(
            "bert_config.json",
            """
            {"directionality": "bidi", "pooler_fc_size": 4, "pooler_num_attention_heads": 4,
             "pooler_num_fc_layers": 3, "pooler_size_per_head": 16,
             "pooler_type": "first_token_transform", "vocab_size": 15, "hidden_size": 4,
             "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 16}
            """);
    assertEquals(
        new EncoderConfig(4, 2, 4, 16, 0.1, 0.1),
        ReferenceConfigJson.ofBertConfig(fields, Optional.empty()).encoder());
  }

  @Test
  void anUnknownKeyIsAnErrorThatNamesTheNearest() throws MalformedFileException {
    JsonFields fields = JsonFields.parse("b.json", "{\"vocab_size\": 15, \"hiden_size\": 4}");
    MalformedFileException error =
        assertThrows(
            MalformedFileException.class,
            () -> ReferenceConfigJson.ofBertConfig(fields, Optional.empty()));
    assertTrue(error.getMessage().contains("\"hidden_size\""), error.getMessage());
  }
}
