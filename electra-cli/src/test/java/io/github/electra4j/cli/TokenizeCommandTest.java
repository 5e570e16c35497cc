package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizeCommandTest {
  private static final List<String> PIECES =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##aff", "##able", "day", "!");

  @TempDir Path folder;
  private Path vocabulary;

  @BeforeEach
  void writeVocabulary() throws IOException {
    vocabulary = folder.resolve("vocab.txt");
    Files.write(vocabulary, PIECES);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void piecesAreSeparatedBySpaces() {
    Run run = Run.of("tokenize", "--vocab", vocabulary, "--text", "Unaffable day!");
    assertEquals(new Run(0, "[CLS] un ##aff ##able day ! [SEP]\n", ""), run);
  }

  @Test
  void idsTakeThePlaceOfPieces() {
    Run run = Run.of("tokenize", "--vocab", vocabulary, "--ids", "--text", "unaffable x");
    assertEquals(new Run(0, "2 5 6 7 1 3\n", ""), run);
  }

  @Test
  void jsonHasOffsetsInUtf16UnitsAndInCodePoints() {
    JsonNode json =
        Run.of("tokenize", "--vocab", vocabulary, "--json", "--text", "😀 Day").exits(0).json();
    assertEquals("[\"[CLS]\",\"[UNK]\",\"day\",\"[SEP]\"]", json.get("pieces").toString());
    assertEquals("[2,1,8,3]", json.get("input_ids").toString());
    assertEquals("[0,0,3,0]", json.get("starts").toString());
    assertEquals("[0,2,6,0]", json.get("ends").toString());
    assertEquals("[0,0,2,0]", json.get("code_point_starts").toString());
    assertEquals("[0,1,5,0]", json.get("code_point_ends").toString());
    assertEquals("[1,1,1,1]", json.get("attention_mask").toString());
  }

  @Test
  void pairsComeFromTwoOptionsOrATab() {
    Run options =
        Run.of("tokenize", "--vocab", vocabulary, "--text", "day", "--text-b", "un", "--json");
    Run tab = Run.withInput(utf8("day\tun"), "tokenize", "--vocab", vocabulary, "--json");
    assertEquals(options, tab);
    assertEquals("[0,0,0,1,1]", tab.json().get("token_type_ids").toString());
  }

  @Test
  void everyLineOfStandardInputOrAFileIsAText() throws IOException {
    String text = "day\r\n\nun day\n";
    String expected = "[CLS] day [SEP]\n[CLS] [SEP]\n[CLS] un day [SEP]\n";
    Run input = Run.withInput(utf8(text), "tokenize", "--vocab", vocabulary);
    assertEquals(new Run(0, expected, ""), input);
    Path file = folder.resolve("text");
    Files.writeString(file, text);
    assertEquals(input, Run.of("tokenize", "--vocab", vocabulary, "--input", file));
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByLineAfterTheLinesBefore() {
    byte[] text = {'d', 'a', 'y', '\n', (byte) 0xc3, '\n'};
    Run run = Run.withInput(text, "tokenize", "--vocab", vocabulary).exits(ExitCode.BAD_INPUT);
    assertEquals("[CLS] day [SEP]\n", run.out());
    assertEquals(
        "error: standard input, line 2: byte 0 of the line is not UTF-8. Save the file in the encoding UTF-8.\n",
        run.err());
  }

  @Test
  void textIsCutAndSpecialTokensAreLeftOutOnRequest() {
    Run cut = Run.of("tokenize", "--vocab", vocabulary, "--max-length", 4, "--text", "unaffable");
    assertEquals("[CLS] un ##aff [SEP]\n", cut.exits(0).out());
    Run bare =
        Run.of("tokenize", "--vocab", vocabulary, "--no-special-tokens", "--text", "unaffable");
    assertEquals("un ##aff ##able\n", bare.exits(0).out());
    Run.of("tokenize", "--vocab", vocabulary, "--max-length", 2, "--text", "a")
        .refuses(ExitCode.USAGE, "--max-length is 2", "at least 4");
  }

  @Test
  void caseIsKeptOnRequest() throws IOException {
    Files.writeString(vocabulary, "[UNK]\n[CLS]\n[SEP]\nDay\nday\n");
    assertEquals(
        "[CLS] Day day [SEP]\n",
        Run.of("tokenize", "--vocab", vocabulary, "--cased", "--text", "Day day").out());
    assertEquals(
        "[CLS] day day [SEP]\n",
        Run.of("tokenize", "--vocab", vocabulary, "--text", "Day day").out());
  }

  @Test
  void aModelBringsItsTokenizer() throws IOException {
    Path model = DemoFiles.model(folder);
    Run run = Run.of("tokenize", "--model", model, "--text", "The FILM was dull.");
    assertEquals(new Run(0, "[CLS] the film was dull . [SEP]\n", ""), run);
  }

  @Test
  void contradictionsAreWrongUsage() {
    Run.of("tokenize", "--vocab", vocabulary, "--text", "a", "--input", "b")
        .refuses(ExitCode.USAGE, "--text", "--input");
    Run.of("tokenize", "--vocab", vocabulary, "--text-b", "a").refuses(ExitCode.USAGE, "--text-b");
    Run.of("tokenize", "--vocab", vocabulary, "--model", "m", "--text", "a")
        .refuses(ExitCode.USAGE, "--model", "--vocab", "mutually exclusive");
  }

  @Test
  void filesThatCannotBeReadAreBadInput() throws IOException {
    Path none = folder.resolve("none");
    Run.of("tokenize", "--vocab", none, "--text", "a").refuses(3, "none does not exist");
    Run.of("tokenize", "--vocab", folder, "--text", "a").refuses(3, "this is a folder");
    Run.of("tokenize", "--vocab", vocabulary, "--input", none).refuses(3, "none does not exist");
    Run.of("tokenize", "--vocab", vocabulary, "--input", folder).refuses(3, "this is a folder");
    Run.of("tokenize", "--model", none, "--text", "a").refuses(3, "none does not exist");
    Files.write(vocabulary, new byte[] {'a', '\n', (byte) 0xff, '\n'});
    Run.of("tokenize", "--vocab", vocabulary, "--text", "a").refuses(3, "vocab.txt line 2");
    Files.writeString(vocabulary, "");
    Run.of("tokenize", "--vocab", vocabulary, "--text", "a").refuses(3, "vocab.txt");
  }

  @Test
  void aModelWithoutAVocabularyCannotTokenize() throws IOException {
    Path tensorflow = DemoFiles.tensorflow(folder);
    Files.delete(tensorflow.resolve("vocab.txt"));
    Run run = Run.of("tokenize", "--model", tensorflow, "--text", "a").refuses(3, "no vocabulary");
    assertTrue(run.err().contains("--vocab FILE"), run.err());
  }
}
