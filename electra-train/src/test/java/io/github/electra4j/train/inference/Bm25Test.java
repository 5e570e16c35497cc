package io.github.electra4j.train.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class Bm25Test {
  private static final ElectraTokenizer TOKENIZER =
      ElectraTokenizer.of(
          Vocabulary.of(
              List.of(
                  "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "sat", "dog", "ran")),
          TokenizerOptions.uncased());

  @Test
  void theFormulaByHand() {
    double[] scores =
        new Bm25(TOKENIZER, List.of("the cat sat", "the dog ran ran", "the the")).scores("cat ran");
    // 3 documents of 3 pieces on average; "cat" and "ran" are in one of them each
    double rarity = Math.log(1 + 2.5 / 1.5);
    double cat = rarity * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / 3));
    double ran = rarity * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 3));
    assertArrayEquals(new double[] {cat, ran, 0}, scores, 1e-12);
  }

  @Test
  void rareWordsCountMoreThanCommonOnes() {
    Bm25 index = new Bm25(TOKENIZER, List.of("the cat", "the dog", "the sat"));
    double[] scores = index.scores("the dog");
    assertTrue(scores[1] > scores[0] && scores[0] > 0);
    assertEquals(scores[0], scores[2]);
  }

  @Test
  void emptyTextsFitNothing() {
    assertArrayEquals(new double[] {0}, new Bm25(TOKENIZER, List.of("")).scores("the"));
    assertArrayEquals(new double[] {0, 0}, new Bm25(TOKENIZER, List.of("the", "")).scores(""));
    assertArrayEquals(new double[0], new Bm25(TOKENIZER, List.of()).scores("the"));
  }
}
