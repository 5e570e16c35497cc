package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ElectraTokenizerTest {
  private static final ElectraTokenizer TOKENIZER =
      ElectraTokenizer.of(OwnVocabulary.read(), TokenizerOptions.uncased());

  @Test
  void longestPaddingIsThatOfTheBatch() {
    List<Encoding> batch =
        TOKENIZER.encodeBatch(
            List.of("the words", "the", "its places and words"),
            EncodeOptions.defaults().withPadding(Padding.longest()));
    int longest = batch.stream().mapToInt(Encoding::tokenCount).max().orElseThrow();
    assertEquals(longest, batch.get(2).tokenCount());
    for (Encoding encoding : batch) {
      assertEquals(longest, encoding.length());
      assertEquals(encoding.tokenCount(), sum(encoding.attentionMask()));
    }
    assertEquals(TOKENIZER.encode("its places and words"), batch.get(2));
  }

  @Test
  void paddingGoesUpToAMultiple() {
    EncodeOptions options =
        EncodeOptions.maxLength(20).withPadding(Padding.longest().toMultipleOf(8));
    for (Encoding encoding : TOKENIZER.encodeBatch(List.of("the", "a b c d e f g"), options)) {
      assertEquals(16, encoding.length());
    }
    Padding padding = Padding.maxLength().toMultipleOf(8);
    assertEquals(24, TOKENIZER.encode("the", options.withPadding(padding)).length());
    assertEquals(3, TOKENIZER.encode("the", options.withPadding(Padding.none())).length());
  }

  @Test
  void anEmptyBatchIsAnEmptyList() {
    EncodeOptions options = EncodeOptions.defaults().withPadding(Padding.longest());
    assertEquals(List.of(), TOKENIZER.encodeBatch(List.of(), options));
    assertEquals(List.of(), TOKENIZER.encodePairsParallel(List.of(), options));
  }

  @Test
  void pairsArePaddedAlike() {
    List<TextPair> pairs = List.of(new TextPair("the words", "count"), new TextPair("the", ""));
    EncodeOptions options = EncodeOptions.maxLength(6).withPadding(Padding.longest());
    List<Encoding> batch = TOKENIZER.encodePairs(pairs, options);
    assertEquals(6, batch.get(0).length());
    assertEquals(6, batch.get(1).length());
    assertEquals(3, batch.get(1).tokenCount());
    assertEquals(batch, TOKENIZER.encodePairsParallel(pairs, options));
  }

  @Test
  void allThreadsGetTheSame() throws Exception {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      texts.add(
          "The tokenizer n\u00b0 "
              + i
              + ", ΟΔΟΣ \ud83d\ude00 한국어 caf\u00e9 "
              + "x".repeat(i % 300));
    }
    EncodeOptions options =
        EncodeOptions.maxLength(32).withOverflow(4).withPadding(Padding.longest());
    List<Encoding> wanted = TOKENIZER.encodeBatch(texts, options);
    assertEquals(wanted, TOKENIZER.encodeBatchParallel(texts, options));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<List<Encoding>> encode = () -> TOKENIZER.encodeBatch(texts, options);
      for (Future<List<Encoding>> result :
          threads.invokeAll(List.of(encode, encode, encode, encode, encode, encode))) {
        assertEquals(wanted, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theCharacterTablesAreSharedByAllThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<String>>> tasks = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        TokenizerOptions options =
            new TokenizerOptions(
                (i & 1) > 0,
                (i & 2) > 0 ? StripAccents.ALWAYS : StripAccents.NEVER,
                (i & 4) > 0,
                200);
        tasks.add(() -> BasicTokenizer.of(options).tokenize("\u00c9cole \u4e2d\u6587"));
      }
      List<Future<List<String>>> results = threads.invokeAll(tasks);
      for (int i = 0; i < results.size(); i++) {
        assertEquals(results.get(i % 8).get(), results.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void windowsOfAPairNeedATextToSlideOver() {
    EncodeOptions options = EncodeOptions.maxLength(8).withOverflow(2);
    String error =
        assertThrows(
                IllegalArgumentException.class, () -> TOKENIZER.encode("the", "words", options))
            .getMessage();
    assertTrue(error.contains("choose ONLY_FIRST or ONLY_SECOND"), error);
    assertEquals(
        2,
        TOKENIZER
            .encode("the", "a b c d e f g h", options.withTruncation(Truncation.ONLY_SECOND))
            .overflow()
            .size());
  }

  @Test
  void specialTokensInATextAreOrdinaryCharacters() {
    BasicTokenizer basic = BasicTokenizer.of(TokenizerOptions.cased());
    assertEquals(List.of("[", "MASK", "]"), basic.tokenize("[MASK]"));
    assertTrue(TOKENIZER.tokenize("[MASK] [SEP]").stream().noneMatch(p -> p.equals("[SEP]")));
  }

  @Test
  void decodingJoinsPiecesAndLeavesTheStructureOut() {
    ElectraTokenizer tokenizer =
        ElectraTokenizer.of(
            Vocabulary.of(
                List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##able", "##", "!")),
            TokenizerOptions.uncased());
    assertEquals("unable [MASK] [UNK] ## !", tokenizer.decode(2, 5, 6, 4, 1, 7, 8, 3, 0, 0));
    assertEquals("able", tokenizer.decode(6));
    assertEquals("", tokenizer.decode());
    assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(9));
  }

  @Test
  void specialTokensHaveTheIdsOfTheVocabulary() {
    assertArrayEquals(
        new int[] {0, 1, 2, 3, 4},
        new int[] {
          TOKENIZER.padId(),
          TOKENIZER.unkId(),
          TOKENIZER.clsId(),
          TOKENIZER.sepId(),
          TOKENIZER.maskId()
        });
    assertEquals(OwnVocabulary.read(), TOKENIZER.vocabulary());
    assertEquals(TokenizerOptions.uncased(), TOKENIZER.options());
  }

  @Test
  void aSpecialTokenIsMissedOnlyWhereItIsNeeded() {
    ElectraTokenizer bare =
        ElectraTokenizer.of(Vocabulary.of(List.of("[UNK]", "a")), TokenizerOptions.uncased());
    assertArrayEquals(new int[] {1, 0}, bare.ids("a b"));
    EncodeOptions plain = EncodeOptions.defaults().withSpecialTokens(false);
    assertEquals(2, bare.encode("a b", plain).length());
    assertThrows(IllegalArgumentException.class, () -> bare.encode("a"));
    EncodeOptions padded = plain.withMaxLength(4).withPadding(Padding.maxLength());
    assertThrows(IllegalArgumentException.class, () -> bare.encode("a", padded));
    Vocabulary withoutUnknown = Vocabulary.of(List.of("a"));
    TokenizerOptions options = TokenizerOptions.uncased();
    assertThrows(
        IllegalArgumentException.class, () -> ElectraTokenizer.of(withoutUnknown, options));
  }

  @Test
  void aShortLimitAlsoHoldsForShortWords() {
    ElectraTokenizer tokenizer =
        ElectraTokenizer.of(
            Vocabulary.of(List.of("[UNK]", "abc", "ab", "a")),
            TokenizerOptions.uncased().withMaxWordLength(2));
    assertEquals(List.of("[UNK]", "ab", "a"), tokenizer.tokenize("ABC Ab a"));
  }

  private static int sum(int[] numbers) {
    int sum = 0;
    for (int number : numbers) {
      sum += number;
    }
    return sum;
  }
}
