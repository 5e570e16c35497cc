package io.github.electra4j.train.task;

import java.util.List;

/**
 * The words of a sentence and their labels, as a CoNLL file has them.
 *
 * @param id position of the sentence within its split, at least 0
 * @param words the words; may be none
 * @param tags a label for each word; empty if they are not known
 */
public record TaggedSentence(long id, List<String> words, List<String> tags) {
  /** Copies the lists and checks that there is a label for every word, or none at all. */
  public TaggedSentence {
    words = List.copyOf(words);
    tags = List.copyOf(tags);
    if (!tags.isEmpty() && tags.size() != words.size()) {
      throw new IllegalArgumentException(
          "Sentence %d has %d words and %d tags; give one per word or none"
              .formatted(id, words.size(), tags.size()));
    }
  }
}
