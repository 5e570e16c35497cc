package io.github.electra4j.tokenizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Text to words: takes out control characters, splits at white space, around ideographs and around
 * punctuation, and lower-cases and strips accents as the options say. Example: {@code "Köln isn't
 * cheap"} → {@code [koln, isn, ', t, cheap]}. Immutable.
 */
public final class BasicTokenizer {
  private final TokenizerOptions options;

  private BasicTokenizer(TokenizerOptions options) {
    this.options = options;
  }

  /** Creates a tokenizer; {@link TokenizerOptions#maxWordLength()} does not matter here. */
  public static BasicTokenizer of(TokenizerOptions options) {
    return new BasicTokenizer(Objects.requireNonNull(options, "options"));
  }

  /** The normalised words of a text. */
  public List<String> tokenize(CharSequence text) {
    WordCollector words = new WordCollector();
    new TextScanner(options.withMaxWordLength(Integer.MAX_VALUE - 1), text, words).scan();
    return Collections.unmodifiableList(words.words);
  }

  /** What this tokenizer was created with. */
  public TokenizerOptions options() {
    return options;
  }

  private static final class WordCollector implements WordSink {
    private final List<String> words = new ArrayList<>();

    @Override
    public boolean shortWord(long head, long tail, int start, int end) {
      return false;
    }

    @Override
    public void character(int codePoint, int start, int end) {
      words.add(Character.toString(codePoint));
    }

    @Override
    public void word(Word word) {
      words.add(word.toString());
    }

    @Override
    public boolean full() {
      return false;
    }
  }
}
