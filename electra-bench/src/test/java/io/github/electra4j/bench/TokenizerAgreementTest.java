package io.github.electra4j.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.EncodeOptions;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.tokenizer.Padding;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Truncation;
import io.github.electra4j.tokenizer.Vocabulary;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HuggingFace's tokenizer makes the same of texts in which the two do not differ on purpose. */
class TokenizerAgreementTest {
  private static final SyntheticLanguages LANGUAGES = new SyntheticLanguages(3);
  private static final Vocabulary VOCABULARY = Vocabulary.of(LANGUAGES.vocabulary());
  private static final ElectraTokenizer OURS =
      ElectraTokenizer.of(VOCABULARY, TokenizerOptions.uncased());
  private static final List<String> ENGLISH = LANGUAGES.english(20_000);
  private static final List<String> MULTILINGUAL = LANGUAGES.multilingual(20_000);

  @Test
  void idsPiecesAndOffsetsAreEqual() throws IOException {
    try (PeerTokenizer peer = PeerTokenizer.load(PeerTokenizer.describe(VOCABULARY))) {
      TokenizerAgreement agreement = new TokenizerAgreement(OURS, peer);
      assertEquals(List.of(), agreement.differences(new BenchmarkText("english", ENGLISH)));
      assertEquals(
          List.of(), agreement.differences(new BenchmarkText("multilingual", MULTILINGUAL)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ONLY_FIRST, 64, 0",
    "ONLY_FIRST, 64, 7",
    "ONLY_SECOND, 64, 0",
    "ONLY_SECOND, 90, 33",
  })
  void windowsOfPairsAreEqual(Truncation truncation, int maxLength, int stride) throws IOException {
    Map<String, String> theirs =
        Map.of(
            "truncation", truncation.name(),
            "maxLength", Integer.toString(maxLength),
            "stride", Integer.toString(stride),
            "padding", "MAX_LENGTH");
    EncodeOptions options =
        EncodeOptions.maxLength(maxLength)
            .withTruncation(truncation)
            .withOverflow(stride)
            .withPadding(Padding.maxLength());
    try (PeerTokenizer peer = PeerTokenizer.load(PeerTokenizer.describe(VOCABULARY), theirs)) {
      for (int i = 0; i < 20; i++) {
        String shorter = ENGLISH.get(i).substring(0, 60);
        String longer = ENGLISH.get(i + 20) + MULTILINGUAL.get(i);
        boolean firstIsCut = truncation == Truncation.ONLY_FIRST;
        String first = firstIsCut ? longer : shorter;
        String second = firstIsCut ? shorter : longer;
        assertSame(OURS.encode(first, second, options), peer.encode(first, second));
      }
    }
  }

  private static void assertSame(Encoding ours, ai.djl.huggingface.tokenizers.Encoding theirs) {
    assertWindow(ours, theirs);
    assertEquals(theirs.getOverflowing().length, ours.overflow().size());
    for (int i = 0; i < ours.overflow().size(); i++) {
      assertWindow(ours.overflow().get(i), theirs.getOverflowing()[i]);
    }
  }

  private static void assertWindow(Encoding ours, ai.djl.huggingface.tokenizers.Encoding theirs) {
    assertArrayEquals(theirs.getTokens(), ours.pieces().toArray());
    assertArrayEquals(theirs.getIds(), longs(ours.ids()));
    assertArrayEquals(theirs.getTypeIds(), longs(ours.tokenTypeIds()));
    assertArrayEquals(theirs.getAttentionMask(), longs(ours.attentionMask()));
    assertArrayEquals(theirs.getSpecialTokenMask(), longs(ours.specialTokensMask()));
    assertArrayEquals(theirs.getWordIds(), longs(ours.words()));
  }

  private static long[] longs(int[] numbers) {
    return Arrays.stream(numbers).asLongStream().toArray();
  }
}
