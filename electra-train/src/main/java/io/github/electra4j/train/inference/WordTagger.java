package io.github.electra4j.train.inference;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TagFeaturizer;
import java.util.List;

/**
 * Labels for words, and the phrases or names that they make up. Made by {@link Electra#tagger}.
 *
 * <pre>{@code
 * try (WordTagger tagger = Electra.tagger(Path.of("models/names"))) {
 *   tagger.spans("Ada Lovelace lived in London."); // PER "Ada Lovelace", LOC "London"
 * }
 * }</pre>
 */
public final class WordTagger implements AutoCloseable {
  private final WindowedWords words;

  WordTagger(LoadedModel loaded, TaskHead.Tagging head) {
    TagFeaturizer featurizer =
        TagFeaturizer.of(loaded.tokenizer(), head, loaded.maxTokens()).cuttingExactly();
    this.words =
        new WindowedWords(
            loaded,
            head,
            new WindowedWords.Task(
                head.labels(),
                featurizer::example,
                output -> ((HeadOutput.WordScores) output).logits()));
  }

  /**
   * A word and its label.
   *
   * @param text the word
   * @param start UTF-16 offset in the text; 0 if the words were given
   * @param end UTF-16 offset behind the word; 0 if the words were given
   * @param tag the most probable label
   * @param probability of the label, in [0, 1]
   */
  public record Word(String text, int start, int end, String tag, double probability) {}

  /** Labels the words of a text; every punctuation mark is a word. */
  public List<Word> tag(String text) {
    return tagTexts(List.of(text)).get(0);
  }

  /** As {@link #tag(String)} for many texts, in their order, computed together. */
  public List<List<Word>> tagTexts(List<String> texts) {
    return tagSentences(texts.stream().map(words::words).toList());
  }

  /**
   * Labels given words. A sentence that is too long is read in windows, and every word is labelled
   * where most words stand around it.
   *
   * @throws UnreadableTextException if a single word has more tokens than the model reads
   */
  public List<Word> tag(List<String> words) {
    return tagSentences(List.of(WindowedWords.given(words))).get(0);
  }

  /** The phrases or names of a text, in order, as its words' labels give them. */
  public List<TextSpan> spans(String text) {
    return TextSpan.of(text, tag(text));
  }

  private List<List<Word>> tagSentences(List<List<Word>> sentences) {
    return words.label(sentences).stream().map(WindowedWords.Labelled::words).toList();
  }

  @Override
  public void close() {
    words.close();
  }
}
