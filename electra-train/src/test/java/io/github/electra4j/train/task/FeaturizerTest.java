package io.github.electra4j.train.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturizerTest {
  private static final ElectraTokenizer TOKENIZER =
      ElectraTokenizer.of(
          Vocabulary.of(
              List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "##c", "d")),
          TokenizerOptions.uncased());
  private static final TaskHead HEAD = new TaskHead.Classification("t", List.of("no", "yes"));

  @Test
  void singleSentences() {
    TaskExample example =
        new Featurizer(TOKENIZER, HEAD, 8).example(new TextExample(4, "A bcc zzz", "", "yes"));
    assertArrayEquals(new int[] {2, 5, 6, 8, 8, 1, 3}, example.inputIds());
    assertArrayEquals(new int[7], example.tokenTypeIds());
    assertEquals(new TaskTarget.Label(1), example.target());
    assertEquals("t", example.task());
    assertEquals(4, example.id());
  }

  @Test
  void pairsLoseTokensOfTheLongerSentenceAndOfTheSecondAtTies() {
    TaskExample example =
        new Featurizer(TOKENIZER, HEAD, 8).example(new TextExample(0, "a a a a a", "b b b", "no"));
    assertArrayEquals(new int[] {2, 5, 5, 5, 3, 6, 6, 3}, example.inputIds());
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 1, 1, 1}, example.tokenTypeIds());
  }

  @Test
  void aSecondSentenceWithoutTokensMakesASingleOne() {
    TaskExample example =
        new Featurizer(TOKENIZER, HEAD, 8).example(new TextExample(0, "a", " \u0000 ", "no"));
    assertArrayEquals(new int[] {2, 5, 3}, example.inputIds());
  }

  @Test
  void targets() {
    TaskHead regression = new TaskHead.Regression("sts", 0, 5);
    assertEquals(new TaskTarget.Score(0.64), Targets.of(regression, "3.2"));
    TaskHead tagging = new TaskHead.Tagging("chunk", List.of("O"));
    assertMessage("does not give a label", () -> Targets.of(tagging, "O"));
    assertMessage("label \"maybe\" is not one of [no, yes]", () -> Targets.of(HEAD, "maybe"));
    assertMessage("score 5.1 is outside [0.0, 5.0]", () -> Targets.of(regression, "5.1"));
    assertMessage("label \"x\" is not a number", () -> Targets.of(regression, "x"));
    List<TextExample> wrong = List.of(new TextExample(17, "a", "", "maybe"));
    Featurizer featurizer = new Featurizer(TOKENIZER, HEAD, 8);
    assertMessage("Example 17: label", () -> featurizer.examples(wrong));
    assertMessage("at least 4", () -> new Featurizer(TOKENIZER, HEAD, 3));
  }

  @Test
  void unorderedPairsAreDoubled() {
    List<TextExample> doubled =
        UnorderedPairs.doubled(
            List.of(new TextExample(0, "a", "b", "no"), new TextExample(1, "c", "d", "yes")));
    assertEquals(4, doubled.size());
    assertEquals(new TextExample(2, "b", "a", "no"), doubled.get(2));
    assertEquals(new TextExample(3, "d", "c", "yes"), doubled.get(3));
  }

  private static void assertMessage(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
