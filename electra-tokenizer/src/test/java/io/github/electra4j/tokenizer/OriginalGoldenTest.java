package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The original's output on this project's own texts and on every code point. */
class OriginalGoldenTest {
  private static final String FOLDER = "/golden/original/";

  private static final Map<String, TokenizerOptions> OPTIONS =
      Map.of(
          "uncased", TokenizerOptions.uncased(),
          "uncased_accents", TokenizerOptions.uncased().withStripAccents(StripAccents.NEVER),
          "cased", TokenizerOptions.cased());

  private static final Map<String, String> TEMPLATES =
      Map.of("between", "a%sb", "sigma", "\u0391\u03a3%s\u03a3");

  @ParameterizedTest
  @ValueSource(strings = {"uncased", "uncased_accents", "cased"})
  void wordsAndPiecesAreThoseOfTheOriginal(String name) throws IOException {
    BasicTokenizer basic = BasicTokenizer.of(OPTIONS.get(name));
    ElectraTokenizer tokenizer =
        ElectraTokenizer.of(Vocabulary.read(resource("vocab.txt"), "vocab.txt"), OPTIONS.get(name));
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    for (JsonNode golden : new ObjectMapper().readTree(resource("texts.json"))) {
      String text = golden.path("text").asText();
      expected.add(line(text, strings(golden, name, "words"), strings(golden, name, "pieces")));
      actual.add(line(text, basic.tokenize(text), tokenizer.tokenize(text)));
    }
    assertEquals(String.join("\n", expected), String.join("\n", actual));
  }

  @Test
  void everyCodePointIsTreatedAsInTheOriginal() throws IOException {
    List<String> expected =
        new String(resource("sweep.sha256"), StandardCharsets.US_ASCII).lines().toList();
    List<String> actual = new ArrayList<>();
    for (String line : expected) {
      String[] fields = line.split(" ", -1); // template, options, first code point, digest
      BasicTokenizer basic = BasicTokenizer.of(OPTIONS.get(fields[1]));
      int first = Integer.parseInt(fields[2], 16);
      String digest = digest(basic, TEMPLATES.get(fields[0]), first, first + 0x4000);
      actual.add(String.join(" ", fields[0], fields[1], fields[2], digest));
    }
    assertEquals(2 * 3 * 68, expected.size(), "two templates, three options, 68 blocks");
    assertEquals(String.join("\n", expected), String.join("\n", actual));
  }

  private static String digest(BasicTokenizer basic, String template, int first, int end) {
    MessageDigest sha = sha256();
    for (int codePoint = first; codePoint < end; codePoint++) {
      String text = template.replace("%s", Character.toString(codePoint));
      String tokens = String.join("\t", basic.tokenize(text)) + "\n";
      sha.update(tokens.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String line(String text, List<String> words, List<String> pieces) {
    return "%s => %s => %s".formatted(text, words, pieces);
  }

  private static List<String> strings(JsonNode golden, String options, String what) {
    List<String> strings = new ArrayList<>();
    golden.path(options).path(what).forEach(node -> strings.add(node.asText()));
    return strings;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = OriginalGoldenTest.class.getResourceAsStream(FOLDER + name)) {
      return in.readAllBytes();
    }
  }
}
