package io.github.electra4j.train.inference;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.inference.WordTagger.Word;
import io.github.electra4j.train.task.BestPositions;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TaggedSentence;
import io.github.electra4j.train.task.TaskExample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A head that labels words, at work on sentences of any length. */
final class WindowedWords implements AutoCloseable {
  private final ElectraTokenizer tokenizer;
  private final WordWindows windows;
  private final FineTunedModel model;
  private final Task task;

  /**
   * What differs between the heads that label words.
   *
   * @param labels of the words
   * @param featurizer words to tokens
   * @param logits of an output, {@code [words][labels]}
   */
  record Task(
      List<String> labels,
      Function<TaggedSentence, TaskExample> featurizer,
      Function<HeadOutput, float[][]> logits) {}

  /**
   * A sentence that was read.
   *
   * @param words with their labels
   * @param windows what the head computed for each window, at least one
   */
  record Labelled(List<Word> words, List<HeadOutput> windows) {}

  WindowedWords(LoadedModel loaded, TaskHead head, Task task) {
    this.tokenizer = loaded.tokenizer();
    this.windows = new WordWindows(loaded.tokenizer(), loaded.maxTokens());
    this.model = FineTunedModel.of(loaded.checkpoint(), head);
    this.task = task;
  }

  /** The words of a text, without labels; every punctuation mark is a word. */
  List<Word> words(String text) {
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

  /** Given words as a sentence, without labels and offsets. */
  static List<Word> given(List<String> words) {
    return words.stream().map(word -> new Word(word, 0, 0, "", 0)).toList();
  }

  /**
   * Labels sentences, in order. Every word is labelled where most words stand around it.
   *
   * @throws UnreadableTextException if a single word has more tokens than the model reads
   */
  List<Labelled> label(List<List<Word>> sentences) {
    List<List<WordWindows.Range>> ranges = new ArrayList<>();
    List<TaskExample> examples = new ArrayList<>();
    for (List<Word> sentence : sentences) {
      List<String> words = sentence.stream().map(Word::text).toList();
      List<WordWindows.Range> over = windows.over(words);
      for (WordWindows.Range range : over) {
        List<String> part = words.subList(range.from(), range.to());
        examples.add(task.featurizer().apply(new TaggedSentence(examples.size(), part, List.of())));
      }
      ranges.add(over);
    }
    List<HeadOutput> outputs = model.answers(examples, LoadedModel.BATCH_SIZE, done -> {});
    List<Labelled> labelled = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < sentences.size(); i++) {
      int to = from + ranges.get(i).size();
      List<HeadOutput> own = outputs.subList(from, to);
      labelled.add(new Labelled(labelled(sentences.get(i), ranges.get(i), own), own));
      from = to;
    }
    return labelled;
  }

  private List<Word> labelled(
      List<Word> words, List<WordWindows.Range> ranges, List<HeadOutput> outputs) {
    List<Word> labelled = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      int window = WordWindows.best(ranges, i);
      float[] logits = task.logits().apply(outputs.get(window))[i - ranges.get(window).from()];
      int label = BestPositions.first(logits);
      Word word = words.get(i);
      double probability = Probabilities.of(logits)[label];
      labelled.add(
          new Word(word.text(), word.start(), word.end(), task.labels().get(label), probability));
    }
    return labelled;
  }

  @Override
  public void close() {
    model.close();
  }
}
