package io.github.electra4j.train.task;

import java.util.Objects;

/**
 * An utterance with its intent and the labels of its words.
 *
 * @param words the words and their slots; no slots if they are not known
 * @param intent name of the intent; empty if it is not known
 */
public record IntentExample(TaggedSentence words, String intent) {
  /** Checks that nothing is null. */
  public IntentExample {
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(intent, "intent");
  }
}
