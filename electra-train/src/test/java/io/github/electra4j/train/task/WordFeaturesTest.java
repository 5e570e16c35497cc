package io.github.electra4j.train.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Features of heads that read words: taggers, intents with slots; and of rankings. */
class WordFeaturesTest {
  private static final ElectraTokenizer TOKENIZER =
      ElectraTokenizer.of(
          Vocabulary.of(
              List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##b", "c")),
          TokenizerOptions.uncased());
  private static final TaskHead.Tagging HEAD = new TaskHead.Tagging("t", List.of("B", "I", "O"));

  @Test
  void wordsAreLabelledAtTheirFirstPieces() {
    TaskExample example =
        TagFeaturizer.of(TOKENIZER, HEAD, 16)
            .example(new TaggedSentence(7, List.of("Abb", "c", "a"), List.of("B", "I", "O")));
    assertEquals(7, example.id());
    assertArrayEquals(new int[] {2, 5, 7, 7, 8, 5, 3}, example.inputIds());
    assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1, 1}, example.tokenTypeIds());
    assertEquals(new TaskTarget.Tags(new int[] {1, 4, 5}, new int[] {0, 1, 2}), example.target());
  }

  /** The numbers are those of the original for 60 words of 4 pieces and 256 tokens. */
  @Test
  void longSentencesAreCutAsEarlyAsInTheOriginal() {
    List<String> words = Collections.nCopies(60, "abbb");
    TaggedSentence sentence = new TaggedSentence(0, words, List.of());
    TagFeaturizer featurizer = TagFeaturizer.of(TOKENIZER, HEAD, 256);
    TaskExample cut = featurizer.example(sentence);
    assertEquals(198, cut.length());
    assertEquals(49, ((TaskTarget.Tags) cut.target()).positions().length);
    TaskExample exact = featurizer.cuttingExactly().example(sentence);
    assertEquals(242, exact.length());
    assertEquals(60, ((TaskTarget.Tags) exact.target()).positions().length);
    TaskExample full = TagFeaturizer.of(TOKENIZER, HEAD, 100).cuttingExactly().example(sentence);
    assertEquals(98, full.length());
    assertEquals(24, ((TaskTarget.Tags) full.target()).positions().length);
  }

  @Test
  void aWordThatDoesNotFitEndsTheSentence() {
    String huge = "a" + "b".repeat(50);
    TaskExample example =
        TagFeaturizer.of(TOKENIZER, HEAD, 16)
            .example(new TaggedSentence(0, List.of("c", huge), List.of()));
    assertArrayEquals(new int[] {2, 8, 3}, example.inputIds());
    TaskExample empty =
        TagFeaturizer.of(TOKENIZER, HEAD, 16).example(new TaggedSentence(0, List.of(), List.of()));
    assertArrayEquals(new int[] {2, 3}, empty.inputIds());
  }

  @Test
  void unknownTagsAreNamed() {
    TaggedSentence sentence = new TaggedSentence(3, List.of("a", "b"), List.of("O", "X"));
    TagFeaturizer featurizer = TagFeaturizer.of(TOKENIZER, HEAD, 16);
    assertMessage(
        "Sentence 3, word 2 \"b\": label \"X\" is not one of [B, I, O]",
        () -> featurizer.examples(List.of(sentence)));
    assertMessage("at least 4", () -> TagFeaturizer.of(TOKENIZER, HEAD, 3));
    assertMessage(
        "2 words and 1 tags", () -> new TaggedSentence(0, List.of("a", "b"), List.of("O")));
  }

  @Test
  void intentAndSlots() {
    TaskHead.IntentAndSlots head =
        new TaskHead.IntentAndSlots("t", List.of("go", "stop"), List.of("O", "B-x"));
    TaggedSentence words = new TaggedSentence(1, List.of("a", "c"), List.of("O", "B-x"));
    IntentFeaturizer featurizer = new IntentFeaturizer(TOKENIZER, head, 8);
    TaskTarget.Tags slots = new TaskTarget.Tags(new int[] {1, 2}, new int[] {0, 1});
    assertEquals(
        List.of(new TaskTarget.IntentAndTags(1, slots), new TaskTarget.IntentAndTags(0, slots)),
        featurizer
            .examples(List.of(new IntentExample(words, "stop"), new IntentExample(words, "")))
            .stream()
            .map(TaskExample::target)
            .toList());
    assertMessage(
        "Utterance 1: label \"wait\"", () -> featurizer.example(new IntentExample(words, "wait")));
  }

  @Test
  void everyCandidateIsAPair() {
    RankingFeaturizer featurizer =
        new RankingFeaturizer(TOKENIZER, new TaskHead.PairRanking("r"), 8);
    TaskExample example =
        featurizer.examples(List.of(new RankingExample(4, "a", List.of("b", "c c"), 1))).get(0);
    assertEquals(new TaskTarget.Choice(2, 1), example.target());
    assertEquals(
        List.of(
            new TokenSequence(new int[] {2, 5, 3, 6, 3}, new int[] {0, 0, 0, 1, 1}),
            new TokenSequence(new int[] {2, 5, 3, 8, 8, 3}, new int[] {0, 0, 0, 1, 1, 1})),
        example.sequences());
    assertMessage("number 1", () -> new RankingExample(0, "a", List.of("b"), 1));
  }

  @Test
  void bestPositionsAreThoseOfTheOriginal() {
    assertArrayEquals(new int[] {1, 2, 3}, BestPositions.of(new float[] {1, 3, 3, 2}, 3));
    assertArrayEquals(new int[] {0, 1}, BestPositions.of(new float[] {5, 5}, 9));
    assertEquals(1, BestPositions.first(new float[] {1, 3, 3}));
    java.util.Random random = new java.util.Random(3);
    float[] values = new float[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(40);
    }
    Integer[] sorted = new Integer[values.length];
    Arrays.setAll(sorted, i -> i);
    Arrays.sort(sorted, (i, j) -> Float.compare(values[j], values[i])); // stable
    int[] best = BestPositions.of(values, 60);
    for (int i = 0; i < best.length; i++) {
      assertEquals(sorted[i], best[i], "seed=3, rank " + i);
    }
  }

  private static void assertMessage(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
