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
    return tagTexts(List.of(text)).get(0);
  }

  /** As {@link #tag(String)} for many texts, in their order, computed together. */
  public List<List<Word>> tagTexts(List<String> texts) {
    List<List<Word>> found = texts.stream().map(this::words).toList();
    return tagSentences(found);
  }

  private List<Word> words(String text) {
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
    return words;
  }

  /**
   * Labels given words. A sentence that is too long is read in windows, and every word is labelled
   * where most words stand around it.
   *
   * @throws IllegalArgumentException if a single word has more tokens than the model reads
   */
  public List<Word> tag(List<String> words) {
    List<Word> sentence = words.stream().map(word -> new Word(word, 0, 0, "", 0)).toList();
    return tagSentences(List.of(sentence)).get(0);
  }

  private List<List<Word>> tagSentences(List<List<Word>> sentences) {
    List<List<WordWindows.Range>> ranges = new ArrayList<>();
    List<TaskExample> examples = new ArrayList<>();
    for (List<Word> sentence : sentences) {
      List<String> words = sentence.stream().map(Word::text).toList();
      List<WordWindows.Range> over = words.isEmpty() ? List.of() : windows.over(words);
      for (WordWindows.Range range : over) {
        List<String> part = words.subList(range.from(), range.to());
        examples.add(featurizer.example(new TaggedSentence(examples.size(), part, List.of())));
      }
      ranges.add(over);
    }
    List<HeadOutput> outputs = model.answers(examples, LoadedModel.BATCH_SIZE, done -> {});
    List<List<Word>> tagged = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < sentences.size(); i++) {
      int to = from + ranges.get(i).size();
      tagged.add(tagged(sentences.get(i), ranges.get(i), outputs.subList(from, to)));
      from = to;
    }
    return tagged;
  }

  private List<Word> tagged(
      List<Word> words, List<WordWindows.Range> ranges, List<HeadOutput> outputs) {
    List<Word> tagged = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      int window = WordWindows.best(ranges, i);
      float[] logits =
          ((HeadOutput.WordScores) outputs.get(window)).logits()[i - ranges.get(window).from()];
      int label = BestPositions.first(logits);
      Word word = words.get(i);
      double probability = Probabilities.of(logits)[label];
      tagged.add(
          new Word(word.text(), word.start(), word.end(), head.labels().get(label), probability));
    }
    return tagged;
  }

  @Override
  public void close() {
    model.close();
  }
}
