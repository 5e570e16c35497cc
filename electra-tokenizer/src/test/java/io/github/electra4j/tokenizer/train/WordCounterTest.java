package io.github.electra4j.tokenizer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.tokenizer.TokenizerOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordCounterTest {
  private static final WordCounter UNCASED = WordCounter.of(TokenizerOptions.uncased());

  @Test
  void wordsAreThoseOfTheTokenizer() throws IOException {
    WordCounts counts = UNCASED.count(TextSource.of(List.of("Köln, köln", "KOLN isn't")));
    assertEquals("{'=1, ,=1, isn=1, koln=3, t=1}", text(counts));
    assertEquals(7, counts.total());
    assertEquals(1, counts.rarest());
  }

  @Test
  void caseIsKeptIfWanted() throws IOException {
    WordCounts counts =
        WordCounter.of(TokenizerOptions.cased()).count(TextSource.of(List.of("Köln köln")));
    assertEquals("{Köln=1, köln=1}", text(counts));
  }

  @Test
  void wordsThatNoVocabularyTakesApartCountForTheTotalOnly() throws IOException {
    String longest = "x".repeat(200);
    WordCounts counts = UNCASED.count(TextSource.of(List.of(longest + " " + longest + "x a")));
    assertEquals(3, counts.total());
    assertEquals("{a=1, %s=1}".formatted(longest), text(counts));
  }

  @Test
  void theNumberOfThreadsDoesNotMatterEvenWhenWordsAreForgotten() throws IOException {
    List<String> texts = randomTexts();
    WordCounts one = UNCASED.withThreads(1).withMaxWords(300).count(TextSource.of(texts));
    WordCounts five = UNCASED.withThreads(5).withMaxWords(300).count(TextSource.of(texts));
    assertTrue(one.size() <= 300);
    assertTrue(one.rarest() > 1, "words were forgotten");
    assertEquals(text(one), text(five));
    assertEquals(one.total(), five.total());
    assertEquals(20_000, one.total());
  }

  @Test
  void frequentWordsSurviveTheForgetting() throws IOException {
    WordCounts some = UNCASED.withMaxWords(300).count(TextSource.of(randomTexts()));
    WordCounts all = UNCASED.count(TextSource.of(randomTexts()));
    assertTrue(all.size() > 300);
    assertTrue(text(some).contains("w0=" + all.count(index(all, "w0")) + ","));
  }

  @Test
  void aFailingSourceEndsTheCount() {
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                UNCASED.count(
                    () -> {
                      throw new IOException("the disk is gone");
                    }));
    assertEquals("the disk is gone", failure.getMessage());
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> UNCASED.withThreads(0));
    assertThrows(IllegalArgumentException.class, () -> UNCASED.withMaxWords(0));
  }

  private static int index(WordCounts counts, String word) {
    for (int i = 0; i < counts.size(); i++) {
      if (counts.word(i).equals(word)) {
        return i;
      }
    }
    throw new AssertionError(word + " is not there");
  }

  /** 40 texts of 500 words; the low numbers are frequent. */
  private static List<String> randomTexts() {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = 0; k < 500; k++) {
        text.append('w').append((int) (1000 * Math.pow(random.nextDouble(), 4))).append(' ');
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static String text(WordCounts counts) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      entries.add(counts.word(i) + "=" + counts.count(i));
    }
    return "{" + String.join(", ", entries) + "}";
  }
}
