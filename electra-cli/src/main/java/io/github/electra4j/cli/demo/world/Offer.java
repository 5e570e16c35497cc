package io.github.electra4j.cli.demo.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A list of three words of different kinds, one of which is asked for.
 *
 * @param kind what is asked for
 * @param sentence that holds the list
 * @param wanted the word of that kind
 */
record Offer(Slot kind, Sentence sentence, String wanted) {
  private static final int WORDS = 3;

  /** A list of words of a part of the world. */
  static Offer drawn(World.Part part, Random random) {
    List<Slot> kinds = new ArrayList<>(Slot.KINDS);
    Collections.shuffle(kinds, random);
    Slot kind = kinds.get(random.nextInt(WORDS));
    List<String> words = new ArrayList<>(List.of("the", "list", "says"));
    List<Optional<Slot>> slots = new ArrayList<>(Collections.nCopies(WORDS, Optional.empty()));
    String wanted = "";
    for (int i = 0; i < WORDS; i++) {
      String word = part.any(kinds.get(i), random);
      wanted = kinds.get(i) == kind ? word : wanted;
      words.addAll(List.of(word, i == 0 ? "," : i == 1 ? "and" : "."));
      slots.addAll(List.of(Optional.of(kinds.get(i)), Optional.empty()));
    }
    return new Offer(kind, new Sentence(words, slots), wanted);
  }
}
