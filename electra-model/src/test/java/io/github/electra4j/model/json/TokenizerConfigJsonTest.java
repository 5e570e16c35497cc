package io.github.electra4j.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.model.storage.MalformedFileException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenizerConfigJsonTest {
  @Test
  void everySettingSurvives() throws MalformedFileException {
    for (boolean lowerCase : new boolean[] {true, false}) {
      for (Optional<Boolean> strip :
          List.of(Optional.<Boolean>empty(), Optional.of(true), Optional.of(false))) {
        TokenizerConfig config = new TokenizerConfig(lowerCase, strip);
        assertEquals(config, read(TokenizerConfigJson.write(config, 512)));
      }
    }
  }

  @Test
  void foreignKeysDoNotMatter() throws MalformedFileException {
    TokenizerConfig read =
        read("{\"do_lower_case\": false, \"tokenize_chinese_chars\": true, \"x\": {}}");
    assertEquals(new TokenizerConfig(false, Optional.empty()), read);
  }

  @Test
  void theCaseIsNeverGuessed() {
    assertThrows(MalformedFileException.class, () -> read("{\"strip_accents\": null}"));
  }

  private static TokenizerConfig read(String json) throws MalformedFileException {
    return TokenizerConfigJson.read(JsonFields.parse("tokenizer_config.json", json));
  }
}
