package io.github.electra4j.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.convert.Conversion.Target;
import io.github.electra4j.convert.huggingface.TokenizerJsonReader;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A vocabulary that came as {@code tokenizer.json} alone. */
class TokenizerFileTest {
  private static final int PIECES = 97;
  private static final ElectraConfig CONFIG =
      new ElectraConfig(
          PIECES,
          16,
          40,
          2,
          0.02,
          new EncoderConfig(32, 2, 2, 64, 0.1, 0.1),
          Optional.empty(),
          true);

  private static final String VOCABULARY =
      Stream.concat(
              Stream.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "\"ü\"", "\\", "##😀"),
              IntStream.range(8, PIECES).mapToObj(i -> "piece" + i))
          .collect(Collectors.joining("\n", "", "\n"));

  @TempDir Path folder;

  private Path exported(TextSettings text) throws IOException {
    WeightMap weights = WeightMap.initialise(TensorLayout.of(CONFIG), 0.02, 7);
    Path out = folder.resolve("out");
    HuggingFaceExport.write(
        new Checkpoint(CONFIG, List.of(), weights, Optional.of(text), Optional.empty()),
        out,
        ExportOptions.standard());
    return out.resolve("discriminator");
  }

  private Path withoutVocabulary(TextSettings text) throws IOException {
    Path network = exported(text);
    Files.delete(network.resolve("vocab.txt"));
    return network;
  }

  @ParameterizedTest
  @CsvSource({"true,", "true,false", "false,", "false,true"})
  void theVocabularyComesOutOfIt(boolean lowerCase, Boolean accents) throws IOException {
    TextSettings text =
        new TextSettings(
            VOCABULARY.getBytes(StandardCharsets.UTF_8), lowerCase, Optional.ofNullable(accents));
    Path network = withoutVocabulary(text);
    assertEquals(Optional.of(text), Conversion.from(network).read().checkpoint().text());

    Files.delete(network.resolve("tokenizer_config.json"));
    assertEquals(Optional.of(text), Conversion.from(network).read().checkpoint().text());
    Path again = folder.resolve("native");
    Conversion.from(network).to(again, Target.NATIVE, ExportOptions.standard());
    assertEquals(VOCABULARY, Files.readString(again.resolve("vocab.txt")));
  }

  @Test
  void theReportSaysWhereItCameFrom() throws IOException {
    TextSettings text =
        new TextSettings(VOCABULARY.getBytes(StandardCharsets.UTF_8), true, Optional.empty());
    List<String> notes = Conversion.from(withoutVocabulary(text)).read().report().notes();
    assertTrue(
        notes.contains(
            "Vocabulary tokenizer.json, 97 pieces, for lower-cased text; as tokenizer_config.json says."),
        notes::toString);
  }

  private static TextSettings cased() {
    return new TextSettings(VOCABULARY.getBytes(StandardCharsets.UTF_8), false, Optional.of(true));
  }

  @Test
  void itSaysTheCaseOfAVocabularyBesideIt() throws IOException {
    Path network = exported(cased());
    Files.delete(network.resolve("tokenizer_config.json"));
    ImportedModel read = Conversion.from(network).read();
    assertEquals(Optional.of(cased()), read.checkpoint().text());
    assertTrue(
        read.report()
            .notes()
            .contains("Vocabulary vocab.txt, 97 pieces, for cased text; as tokenizer.json says."),
        read.report().notes()::toString);
  }

  @Test
  void theSettingsGoBeforeIt() throws IOException {
    Path network = exported(cased());
    Files.writeString(
        network.resolve("tokenizer_config.json"),
        "{\"do_lower_case\": true, \"tokenizer_class\": \"BertTokenizerFast\"}");
    TextSettings text = Conversion.from(network).read().checkpoint().text().orElseThrow();
    assertTrue(text.lowerCase());
    assertEquals(Optional.of(true), text.stripAccents());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokenizer_config.json | ElectraTokenizer    | BertJapaneseTokenizer | tokenizer_class is BertJapaneseTokenizer",
        "tokenizer_config.json | {                   | {\"tokenize_chinese_chars\":false, | tokenize_chinese_chars is false",
        "tokenizer_config.json | {                   | {\"do_basic_tokenize\":false, | do_basic_tokenize is false",
        "tokenizer_config.json | {                   | {\"word_tokenizer_type\":\"mecab\", | word_tokenizer_type is mecab",
        "tokenizer_config.json | {                   | {\"subword_tokenizer_type\":\"character\", | subword_tokenizer_type is character",
        "tokenizer.json        | \"handle_chinese_chars\" : true | \"handle_chinese_chars\" : false | handle_chinese_chars is false",
        "tokenizer.json        | \"clean_text\" : true | \"clean_text\" : false | clean_text is false",
        "tokenizer.json        | BertNormalizer      | Lowercase             | normalizer.type is Lowercase",
        "tokenizer.json        | BertPreTokenizer    | Whitespace            | pre_tokenizer.type is Whitespace"
      })
  void aTokenizerThatCutsTextInAnotherWayIsRefused(
      String file, String ours, String theirs, String why) throws IOException {
    Path network = exported(cased());
    Path changed = network.resolve(file);
    String before = Files.readString(changed);
    Files.writeString(changed, before.replaceFirst(Pattern.quote(ours), theirs));
    assertFalse(before.equals(Files.readString(changed)), before);
    MalformedFileException refusal =
        assertThrows(MalformedFileException.class, () -> Conversion.from(network).read());
    assertTrue(refusal.getMessage().contains(network.toString()), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(file + ": " + why), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("--vocab"), refusal.getMessage());
    SourceOptions named = SourceOptions.none().withVocabulary(network.resolve("vocab.txt"));
    ImportedModel taken =
        Conversion.from(network).options(ImportOptions.standard().withPlace(named)).read();
    assertTrue(taken.checkpoint().text().isPresent());
    assertTrue(
        taken.report().notes().stream().anyMatch(note -> note.contains(file + ": " + why)),
        taken.report().notes()::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | this is not valid JSON",
        "{\"model\":{\"type\":\"BPE\"}} | model.type is BPE, but ELECTRA's is WordPiece",
        "{\"model\":{\"vocab\":{}}} | normalizer.type is none, but ELECTRA's is BertNormalizer",
        "{\"normalizer\":{\"type\":\"BertNormalizer\"},\"model\":{\"vocab\":{}}} | no pieces",
        "{\"normalizer\":{\"type\":\"BertNormalizer\"},\"model\":{\"vocab\":{\"a\":7}}} | the piece \"a\" has the id 7",
        "{\"normalizer\":{\"type\":\"BertNormalizer\"},\"model\":{\"vocab\":{\"a\":0,\"b\":0}}} | \"a\" and \"b\" both have the id 0",
        "{\"normalizer\":{\"type\":\"BertNormalizer\"},\"model\":{\"vocab\":{\"a\":1,\"b\":1.5}}} | the piece \"b\" has the id 1.5",
        "{\"normalizer\":{\"type\":\"BertNormalizer\"},\"added_tokens\":[{\"content\":\"[X]\",\"id\":1}],\"model\":{\"vocab\":{\"a\":2,\"b\":1}}} | \"b\" and \"[X]\" both have the id 1",
        "{\"normalizer\":{\"type\":\"BertNormalizer\"},\"added_tokens\":[{\"content\":\"b\",\"id\":1}],\"model\":{\"vocab\":{\"b\":1}}} | no piece with the id 0, but one with 1",
        "{\"normalizer\":{\"type\":\"BertNormalizer\"},\"model\":{\"vocab\":{\"a\\nb\":0}}} | a line break in it"
      })
  void whatIsNoSuchTokenizerIsRefused(String json, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), json);
    MalformedFileException refusal =
        assertThrows(MalformedFileException.class, () -> TokenizerJsonReader.read(file));
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
  }

  /** A file that begins with zeros looks like UTF-32 to a reader of JSON that guesses. */
  @Test
  void whatIsNotUtf8IsRefusedByName() throws IOException {
    for (byte[] bytes : List.of(new byte[] {0, 0, 0, '{'}, new byte[] {'{', (byte) 0xff})) {
      Path file = Files.write(folder.resolve("tokenizer.json"), bytes);
      MalformedFileException refusal =
          assertThrows(MalformedFileException.class, () -> TokenizerJsonReader.read(file));
      assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
    }
  }
}
