package io.github.electra4j.tokenizer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.tokenizer.WordPiece;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VocabularyTrainerTest {
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
  private static final WordCounts LOW = WordCounts.of(Map.of("low", 5L, "lower", 2L, "new", 3L));

  @Test
  void theMostFrequentNeighboursAreJoinedFirst() {
    List<String> pieces =
        VocabularyTrainer.train(LOW, VocabularyOptions.ofSize(100)).vocabulary().pieces();
    assertEquals(SPECIAL, pieces.subList(0, 5));
    assertEquals(
        List.of("e", "l", "n", "o", "r", "w", "##e", "##l", "##n", "##o", "##r", "##w"),
        pieces.subList(5, 17));
    // l o: 7, lo w: 7, n e: 3 and e w: 3 (the pair known first wins), ne w: 3, then low e: 2 ...
    assertEquals(List.of("lo", "low", "ne", "new", "##er", "lower"), pieces.subList(17, 23));
    assertEquals(23, pieces.size());
  }

  @Test
  void theSizeIsKept() {
    TrainedVocabulary trained = VocabularyTrainer.train(LOW, VocabularyOptions.ofSize(19));
    assertEquals(19, trained.vocabulary().size());
    assertEquals(6, trained.alphabet());
    assertEquals(2, trained.joined());
    assertEquals(10, trained.words());
    assertEquals(3, trained.differentWords());
    assertEquals(0, trained.unknownShare());
    // low ×5: 1 piece, lower ×2: low ##e ##r, new ×3: n ##e ##w
    assertEquals((5 + 2 * 3 + 3 * 3) / 10.0, trained.piecesPerWord(), 1e-12);
  }

  @Test
  void unusedPiecesFollowTheSpecialTokens() {
    Vocabulary vocabulary =
        VocabularyTrainer.train(LOW, VocabularyOptions.ofSize(30).withUnusedPieces(3)).vocabulary();
    assertEquals(4, vocabulary.requireId("[MASK]"));
    assertEquals(List.of("[unused0]", "[unused1]", "[unused2]"), vocabulary.pieces().subList(5, 8));
  }

  @Test
  void rarePairsAreNotJoined() {
    List<String> pieces =
        VocabularyTrainer.train(LOW, VocabularyOptions.ofSize(100).withMinFrequency(3))
            .vocabulary()
            .pieces();
    assertTrue(pieces.contains("new"));
    assertFalse(pieces.contains("##er"));
    assertFalse(pieces.contains("r"), "r occurs twice only");
  }

  @Test
  void wordsWithCharactersBeyondTheLimitAreUnknown() {
    WordCounts words = WordCounts.of(Map.of("aa", 10L, "ab", 4L, "ba", 2L, "ac", 3L));
    TrainedVocabulary trained =
        VocabularyTrainer.train(words, VocabularyOptions.ofSize(50).withAlphabetLimit(2));
    assertEquals(2, trained.alphabet());
    assertEquals(3 / 19.0, trained.unknownShare(), 1e-12);
    assertFalse(trained.vocabulary().pieces().contains("##c"));
    assertEquals(List.of("[UNK]"), WordPiece.of(trained.vocabulary(), 200).tokenize("ac"));
  }

  @Test
  void punctuationDoesNotContinueWords() {
    WordCounts words = WordCounts.of(Map.of(",", 9L, "is", 5L));
    List<String> pieces =
        VocabularyTrainer.train(words, VocabularyOptions.ofSize(50)).vocabulary().pieces();
    assertTrue(pieces.contains(","));
    assertFalse(pieces.contains("##,"));
  }

  @Test
  void aPieceThatTwoJoinsYieldIsThereOnce() {
    // "abc" comes from ab + ##c and, where b and c were joined first, from a + ##bc
    WordCounts words = WordCounts.of(Map.of("xbc", 9L, "abc", 4L, "ab", 9L, "abcd", 3L));
    List<String> pieces =
        VocabularyTrainer.train(words, VocabularyOptions.ofSize(80)).vocabulary().pieces();
    assertEquals(pieces.size(), pieces.stream().distinct().count());
    assertTrue(pieces.contains("abc"));
  }

  @Test
  void aTooSmallSizeNamesTheLeast() {
    IllegalArgumentException small =
        assertThrows(
            IllegalArgumentException.class,
            () -> VocabularyTrainer.train(LOW, VocabularyOptions.ofSize(16)));
    assertTrue(small.getMessage().contains("at least 17"), small.getMessage());
  }

  @Test
  void aCorpusWithoutWordsIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> VocabularyTrainer.train(WordCounts.of(Map.of()), VocabularyOptions.ofSize(100)));
  }

  @Test
  void impossibleOptionsAreRefused() {
    VocabularyOptions good = VocabularyOptions.ofSize(100);
    assertThrows(IllegalArgumentException.class, () -> VocabularyOptions.ofSize(0));
    assertThrows(IllegalArgumentException.class, () -> good.withMinFrequency(0));
    assertThrows(IllegalArgumentException.class, () -> good.withAlphabetLimit(0));
    assertThrows(IllegalArgumentException.class, () -> good.withUnusedPieces(-1));
    assertThrows(IllegalArgumentException.class, () -> WordCounts.of(Map.of("a", 0L)));
  }

  @Test
  void theExampleOfThePackageWorks() throws Exception {
    TextSource texts = TextSource.of(List.of("Ein Wort, ein Wort.", "Noch ein Wörtchen!"));
    WordCounts counts = WordCounter.of(TokenizerOptions.uncased()).count(texts);
    TrainedVocabulary trained = VocabularyTrainer.train(counts, VocabularyOptions.ofSize(60));
    assertTrue(trained.vocabulary().pieces().contains("ein"));
    assertTrue(trained.vocabulary().pieces().contains("wort"));
    assertEquals(trained.vocabulary(), Vocabulary.read(trained.vocabulary().toBytes(), "copy"));
  }
}
