package io.github.electra4j.train.inference;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.BestPositions;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TagFeaturizer;
import io.github.electra4j.train.task.TaggedSentence;
import io.github.electra4j.train.task.TaskExample;
import java.util.ArrayList;
import java.util.List;

/** Labels for words. Made by {@link Electra#tagger}. */
public final class WordTagger implements AutoCloseable {
  private final TaskHead.Tagging head;
  private final ElectraTokenizer tokenizer;
  private final TagFeaturizer featurizer;
  private final WordWindows windows;
  private final FineTunedModel model;

  WordTagger(LoadedModel loaded, TaskHead.Tagging head) {
    this.head = head;
    this.tokenizer = loaded.tokenizer();
    this.featurizer =
        TagFeaturizer.of(loaded.tokenizer(), head, loaded.maxTokens()).cuttingExactly();
    this.windows = new WordWindows(loaded.tokenizer(), loaded.maxTokens());
    this.model = FineTunedModel.of(loaded.checkpoint(), head);
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
    Encoding encoding = tokenizer.encode(text);
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < encoding.length(); i++) {
      int word = encoding.word(i);
      if (word == Encoding.NONE) {
        continue;
      }
      int start = word < words.size() ? words.get(word).start() : encoding.start(i);
      Word part = new Word(text.substring(start, encoding.end(i)), start, encoding.end(i), "", 0);
      if (word < words.size()) {
        words.set(word, part);
      } else {
        words.add(part);
      }
    }
    List<Word> tagged = tag(words.stream().map(Word::text).toList());
    List<Word> placed = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      placed.add(
          new Word(
              word.text(),
              word.start(),
              word.end(),
              tagged.get(i).tag(),
              tagged.get(i).probability()));
    }
    return placed;
  }

  /**
   * Labels given words. A sentence that is too long is read in windows, and every word is labelled
   * where most words stand around it.
   *
   * @throws IllegalArgumentException if a single word has more tokens than the model reads
   */
  public List<Word> tag(List<String> words) {
    if (words.isEmpty()) {
      return List.of();
    }
    List<WordWindows.Range> ranges = windows.over(words);
    List<TaskExample> examples = new ArrayList<>();
    for (WordWindows.Range range : ranges) {
      examples.add(
          featurizer.example(
              new TaggedSentence(
                  examples.size(), words.subList(range.from(), range.to()), List.of())));
    }
    List<HeadOutput> outputs = model.answers(examples, LoadedModel.BATCH_SIZE, done -> {});
    List<Word> tagged = new ArrayList<>();
    for (int word = 0; word < words.size(); word++) {
      int window = WordWindows.best(ranges, word);
      float[] logits =
          ((HeadOutput.WordScores) outputs.get(window)).logits()[word - ranges.get(window).from()];
      int label = BestPositions.first(logits);
      tagged.add(
          new Word(
              words.get(word), 0, 0, head.labels().get(label), Probabilities.of(logits)[label]));
    }
    return tagged;
  }

  @Override
  public void close() {
    model.close();
  }
}
