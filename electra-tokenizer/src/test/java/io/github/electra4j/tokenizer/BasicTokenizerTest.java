package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BasicTokenizerTest {
  private static final TokenizerOptions UNCASED = TokenizerOptions.uncased();

  private static List<String> tokenize(TokenizerOptions options, String text) {
    return BasicTokenizer.of(options).tokenize(text);
  }

  private static List<String> words(String words) {
    return words.isEmpty() ? List.of() : Arrays.asList(words.split(" ", -1));
  }

  /** Text; words uncased; words with lower case and accents; words cased. */
  static Stream<Arguments> examples() {
    return Stream.of(
        same("Hello, World!", "hello , world !", "Hello , World !"),
        Arguments.of("naïve café ÀÉ", "naive cafe ae", "naïve café àé", "naïve café ÀÉ"),
        same("ＡＢＣ\u3000全角", "ａｂｃ 全 角", "ＡＢＣ 全 角"),
        same("a\u00a0b\u200bc\u00add", "a bcd", "a bcd"),
        same("x\fy\u000bz\u0085w", "xyzw", "xyzw"),
        same("p\u2028q\u2029r", "p q r", "p q r"),
        same("ΟΔΟΣ ΣΑΣ", "οδος σας", "ΟΔΟΣ ΣΑΣ"),
        Arguments.of("İstanbul", "istanbul", "i\u0307stanbul", "İstanbul"),
        Arguments.of(
            "中文abc한국어日本",
            "中 文 abc\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165 日 本",
            "中 文 abc한국어 日 本",
            "中 文 abc한국어 日 本"),
        same(
            "don't $5.00 €5 +1=2 ^_^",
            "don ' t $ 5 . 00 €5 + 1 = 2 ^ _ ^",
            "don ' t $ 5 . 00 €5 + 1 = 2 ^ _ ^"),
        same("\ufeffbom\ufffdrep\u0000nul", "bomrepnul", "bomrepnul"),
        same(
            "\ud840\udc00\ud83d\ude00z",
            "\ud840\udc00 \ud83d\ude00z",
            "\ud840\udc00 \ud83d\ude00z"),
        same("a\u0378b\ue000c", "abc", "abc"),
        same("[MASK] [CLS]", "[ mask ] [ cls ]", "[ MASK ] [ CLS ]"),
        same("ﬁ ½ ①", "ﬁ ½ ①", "ﬁ ½ ①"),
        Arguments.of("e\u0301 E\u0301", "e e", "e\u0301 e\u0301", "e\u0301 E\u0301"));
  }

  private static Arguments same(String text, String lowerCase, String cased) {
    return Arguments.of(text, lowerCase, lowerCase, cased);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void caseAndAccentsAreSeparateChoices(
      String text, String uncased, String withAccents, String cased) {
    assertEquals(words(uncased), tokenize(UNCASED, text));
    assertEquals(words(withAccents), tokenize(UNCASED.withStripAccents(StripAccents.NEVER), text));
    assertEquals(words(cased), tokenize(TokenizerOptions.cased(), text));
  }

  @Test
  void accentsCanBeStrippedFromCasedText() {
    TokenizerOptions options = TokenizerOptions.cased().withStripAccents(StripAccents.ALWAYS);
    assertEquals(words("Ecole Angstrom II"), tokenize(options, "École Ångström İI"));
    assertEquals(words("\u1112\u1161\u11ab Σ"), tokenize(options, "한 Σ"));
  }

  @Test
  void ideographsStayTogetherOnRequest() {
    TokenizerOptions options = UNCASED.withSplitCjk(false);
    assertEquals(words("中文abc \u8c48"), tokenize(options, "中文abc \uf900"));
    assertEquals(words("中 文 abc \u8c48"), tokenize(UNCASED, "中文abc \uf900"));
  }

  @Test
  void anythingThatHoldsCharactersIsText() {
    String text = "Ab\ud83d\ude00 c";
    BasicTokenizer tokenizer = BasicTokenizer.of(UNCASED);
    List<String> wanted = tokenizer.tokenize(text);
    StringBuilder builder = new StringBuilder();
    text.codePoints().forEach(builder::appendCodePoint);
    assertEquals(wanted, tokenizer.tokenize(builder));
    assertEquals(wanted, tokenizer.tokenize(CharBuffer.wrap(text)));
    assertEquals(UNCASED, tokenizer.options());
  }
}
