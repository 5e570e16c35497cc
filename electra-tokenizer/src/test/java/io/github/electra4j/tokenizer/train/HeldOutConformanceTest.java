package io.github.electra4j.tokenizer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.tokenizer.BasicTokenizer;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A vocabulary of some books, used on other ones. */
@Tag("conformance")
class HeldOutConformanceTest {
  private static final TokenizerOptions OPTIONS = TokenizerOptions.uncased();

  @Test
  void textThatWasNotSeenIsCovered() throws IOException {
    List<String> paragraphs = paragraphs();
    int seen = paragraphs.size() * 3 / 4;
    TrainedVocabulary trained = train(paragraphs.subList(0, seen), 2);
    assertEquals(8000, trained.vocabulary().size());
    assertEquals(trained.vocabulary(), train(paragraphs.subList(0, seen), 1).vocabulary());

    ElectraTokenizer tokenizer = ElectraTokenizer.of(trained.vocabulary(), OPTIONS);
    long words = 0;
    long pieces = 0;
    long unknown = 0;
    for (String paragraph : paragraphs.subList(seen, paragraphs.size())) {
      words += BasicTokenizer.of(OPTIONS).tokenize(paragraph).size();
      for (int id : tokenizer.ids(paragraph)) {
        pieces++;
        unknown += id == tokenizer.unkId() ? 1 : 0;
      }
    }
    assertTrue(words > 100_000, words + " words");
    assertTrue(unknown < pieces * 1e-4, unknown + " of " + pieces + " are unknown");
    double perWord = pieces / (double) words;
    assertTrue(perWord > 1.02 && perWord < 1.35, perWord + " pieces per word");
  }

  private static TrainedVocabulary train(List<String> paragraphs, int threads) throws IOException {
    WordCounter counter = WordCounter.of(OPTIONS).withThreads(threads);
    return VocabularyTrainer.train(
        counter.count(TextSource.of(paragraphs)), VocabularyOptions.ofSize(8000));
  }

  private static List<String> paragraphs() throws IOException {
    List<String> paragraphs = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(SharedFolders.data("pretrain/books-heldout.txt.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        paragraphs.add(line);
      }
    }
    return paragraphs;
  }
}
