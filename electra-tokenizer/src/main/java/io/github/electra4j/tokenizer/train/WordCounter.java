package io.github.electra4j.tokenizer.train;

import io.github.electra4j.tokenizer.BasicTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the words of a corpus on several threads; the counts do not depend on their number. Memory
 * is bounded: whenever there are more than {@link #withMaxWords} different words, the rarest are
 * forgotten until half as many are left. Immutable.
 */
public final class WordCounter {
  /** Some 400 MB of memory; the words of 100 MB of English prose are about 200,000. */
  private static final int MAX_WORDS = 4_000_000;

  private final TokenizerOptions options;
  private final int threads;
  private final int maxWords;

  private WordCounter(TokenizerOptions options, int threads, int maxWords) {
    this.options = options;
    this.threads = threads;
    this.maxWords = maxWords;
  }

  /** A counter of words as a tokenizer with these options sees them, on all processors. */
  public static WordCounter of(TokenizerOptions options) {
    return new WordCounter(options, Runtime.getRuntime().availableProcessors(), MAX_WORDS);
  }

  /**
   * This counter on another number of threads.
   *
   * @param threads at least 1
   */
  public WordCounter withThreads(int threads) {
    return new WordCounter(options, requirePositive("threads", threads), maxWords);
  }

  /**
   * This counter with another limit.
   *
   * @param maxWords different words that are remembered at most, at least 1; about 100 bytes each
   */
  public WordCounter withMaxWords(int maxWords) {
    return new WordCounter(options, threads, requirePositive("maxWords", maxWords));
  }

  private static int requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "WordCounter.%s is %d; give at least 1".formatted(field, value));
    }
    return value;
  }

  /**
   * Counts the words of all texts. Words beyond {@link TokenizerOptions#maxWordLength()}, which no
   * vocabulary takes apart, count for the total only.
   */
  public WordCounts count(TextSource texts) throws IOException {
    Merged merged = new Merged(maxWords);
    InOrder.run(threads, texts::next, this::countOne, merged::add);
    return WordCounts.of(merged.counts, merged.total, merged.rarest);
  }

  private TextCounts countOne(String text) {
    TextCounts counts = new TextCounts();
    for (String word : BasicTokenizer.of(options).tokenize(text)) {
      counts.total++;
      if (fits(word)) {
        counts.words.computeIfAbsent(word, first -> new long[1])[0]++;
      }
    }
    return counts;
  }

  private boolean fits(String word) {
    return word.length() <= options.maxWordLength()
        || word.codePointCount(0, word.length()) <= options.maxWordLength();
  }

  private static final class TextCounts {
    final Map<String, long[]> words = new HashMap<>();
    long total;
  }

  private static final class Merged {
    final Map<String, Long> counts = new HashMap<>();
    final int maxWords;
    long total;
    long rarest = 1;

    Merged(int maxWords) {
      this.maxWords = maxWords;
    }

    void add(TextCounts more) {
      total += more.total;
      more.words.forEach((word, count) -> counts.merge(word, count[0], Long::sum));
      if (counts.size() > maxWords) {
        forget();
      }
    }

    private void forget() {
      while (counts.size() > maxWords / 2) {
        rarest++;
        long needed = rarest;
        counts.values().removeIf(count -> count < needed);
      }
    }
  }
}
