package io.github.electra4j.cli.demo.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sentence of the world.
 *
 * @param words in lower case; punctuation marks are words
 * @param slots what the grammar put at each word; empty for the words of the frame
 */
record Sentence(List<String> words, List<Optional<Slot>> slots) {
  private static final int SPREAD = 0x9E3779B1; // so that the remainder depends on all bits
  private static final int RESERVED_ONE_OF = 8;

  /** Copies the lists and makes every article fit the word behind it. */
  Sentence {
    words = agreed(words);
    slots = List.copyOf(slots);
  }

  private static List<String> agreed(List<String> words) {
    List<String> agreed = new ArrayList<>(words);
    for (int i = 0; i + 1 < agreed.size(); i++) {
      if (agreed.get(i).equals("a") || agreed.get(i).equals("an")) {
        agreed.set(i, "aeiou".indexOf(agreed.get(i + 1).charAt(0)) >= 0 ? "an" : "a");
      }
    }
    return List.copyOf(agreed);
  }

  /** The words with blanks between them. */
  String text() {
    return String.join(" ", words);
  }

  /** A label per word. */
  List<String> tags() {
    return slots.stream().map(slot -> slot.map(Slot::tag).orElse("O")).toList();
  }

  /** The same sentence with another word at a place. */
  Sentence with(int place, String word) {
    List<String> changed = new ArrayList<>(words);
    changed.set(place, word);
    return new Sentence(changed, slots);
  }

  /**
   * Whether it is kept for tests: about one sentence of eight, by its text. Such a sentence never
   * stands in a text to learn from.
   */
  boolean isReserved() {
    return Math.floorMod(text().hashCode() * SPREAD, RESERVED_ONE_OF) == 0;
  }
}
