package io.github.electra4j.train.inference;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.IntentExample;
import io.github.electra4j.train.task.IntentFeaturizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What utterances want, and the slots that say it in detail. Made by {@link
 * Electra#utteranceParser}.
 *
 * <p>Example: {@code "flights from San Jose"} has the intent {@code flight} and the slot {@code
 * fromloc "San Jose" 13 to 21}.
 */
public final class UtteranceParser implements AutoCloseable {
  private final TaskHead.IntentAndSlots head;
  private final WindowedWords words;

  UtteranceParser(LoadedModel loaded, TaskHead.IntentAndSlots head) {
    this.head = head;
    IntentFeaturizer featurizer =
        new IntentFeaturizer(loaded.tokenizer(), head, loaded.maxTokens());
    this.words =
        new WindowedWords(
            loaded,
            head,
            new WindowedWords.Task(
                head.slots(),
                sentence -> featurizer.example(new IntentExample(sentence, "")),
                output -> ((HeadOutput.IntentScores) output).slots()));
  }

  /**
   * An utterance, understood.
   *
   * @param intent the most probable one
   * @param probabilities of all intents, in [0, 1], in the head's order; of an utterance that was
   *     read in windows the mean over them
   * @param slots parts of the text, in order; none if the labels of the words have no types
   * @param words all words with their labels
   */
  public record Utterance(
      String intent,
      Map<String, Double> probabilities,
      List<TextSpan> slots,
      List<WordTagger.Word> words) {
    /** Copies the collections. */
    public Utterance {
      probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
      slots = List.copyOf(slots);
      words = List.copyOf(words);
    }

    /** The probability of the intent, in [0, 1]. */
    public double probability() {
      return probabilities.get(intent);
    }
  }

  /** The intents that can be found. */
  public List<String> intents() {
    return head.intents();
  }

  /** Understands an utterance; every punctuation mark is a word. */
  public Utterance parse(String text) {
    return parse(List.of(text)).get(0);
  }

  /** Understands many utterances, in order, computed together. */
  public List<Utterance> parse(List<String> texts) {
    List<WindowedWords.Labelled> labelled = words.label(texts.stream().map(words::words).toList());
    List<Utterance> utterances = new ArrayList<>();
    for (int i = 0; i < labelled.size(); i++) {
      utterances.add(utterance(texts.get(i), labelled.get(i)));
    }
    return utterances;
  }

  private Utterance utterance(String text, WindowedWords.Labelled labelled) {
    float[][] windows =
        labelled.windows().stream()
            .map(output -> ((HeadOutput.IntentScores) output).intents())
            .toArray(float[][]::new);
    Map<String, Double> probabilities = Probabilities.mean(head.intents(), windows);
    return new Utterance(
        Probabilities.best(probabilities),
        probabilities,
        TextSpan.of(text, labelled.words()),
        labelled.words());
  }

  @Override
  public void close() {
    words.close();
  }
}
