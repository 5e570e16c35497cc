package io.github.electra4j.train.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.StripAccents;
import io.github.electra4j.tokenizer.TokenizerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedFolderTest {
  @TempDir private Path folder;

  @Test
  void textSettingsAreThoseOfTheTokenizer() throws IOException {
    TextSettings uncased = prepared("uncased", TokenizerOptions.uncased());
    assertTrue(uncased.lowerCase());
    assertEquals(Optional.empty(), uncased.stripAccents());
    assertArrayEquals(SmallCorpus.tokenizer().vocabulary().toBytes(), uncased.vocabulary());
    TokenizerOptions accents = TokenizerOptions.uncased().withStripAccents(StripAccents.NEVER);
    TextSettings accented = prepared("accents", accents);
    assertTrue(accented.lowerCase());
    assertEquals(Optional.of(false), accented.stripAccents());
    assertEquals(false, prepared("cased", TokenizerOptions.cased()).lowerCase());
  }

  @Test
  void foldersOfTheOriginalTellNothing() throws IOException {
    assertEquals(Optional.empty(), PreparedFolder.textSettings(folder));
  }

  @Test
  void aDamagedReportIsNamed() throws IOException {
    prepared("out", TokenizerOptions.uncased());
    for (String damaged : List.of("{", "{}", "{\"config\": {\"do_lower_case\": 1}}")) {
      Files.writeString(folder.resolve("out/report.json"), damaged);
      MalformedFileException refused =
          assertThrows(
              MalformedFileException.class,
              () -> PreparedFolder.textSettings(folder.resolve("out")));
      assertTrue(refused.getMessage().contains("report.json"), refused.getMessage());
    }
  }

  private TextSettings prepared(String name, TokenizerOptions options) throws IOException {
    Path corpus = folder.resolve("corpus/a.txt");
    SmallCorpus.write(corpus, 3, 1);
    ElectraTokenizer tokenizer = ElectraTokenizer.of(SmallCorpus.tokenizer().vocabulary(), options);
    Preparation.of(tokenizer, PrepareConfig.standard().withShards(1))
        .run(List.of(corpus), folder.resolve(name), false);
    return PreparedFolder.textSettings(folder.resolve(name)).orElseThrow();
  }
}
