package io.github.electra4j.cli.demo.world;

import io.github.electra4j.train.task.TaggedSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sentences that could be of anything, with a label for every word that says what it is. */
public final class Labelling {
  /** The labels that occur. */
  public static final List<String> LABELS = List.of("GOOD", "O", "PERSON", "TOOL", "TOWN");

  private Labelling() {}

  /**
   * Sentences, none of which stands in a text of the world.
   *
   * @param part what they speak of
   * @param seed decides all
   */
  public static List<TaggedSentence> sentences(World.Part part, int count, long seed) {
    Random random = new Random(seed);
    List<TaggedSentence> sentences = new ArrayList<>();
    while (sentences.size() < count) {
      Sentence sentence =
          Grammar.fill(
              Grammar.pick(Grammar.REMARKS, random),
              Grammar.pick(part.people(), random),
              part,
              random);
      if (sentence.isReserved()) {
        sentences.add(new TaggedSentence(sentences.size(), sentence.words(), sentence.tags()));
      }
    }
    return sentences;
  }
}
