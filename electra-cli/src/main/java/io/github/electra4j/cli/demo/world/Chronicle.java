package io.github.electra4j.cli.demo.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The texts of the world: passages about its people, one sentence a line. */
public final class Chronicle {
  private static final int LEAST_SENTENCES = 3;
  private static final int MOST_SENTENCES = 5;
  private static final int LISTS_IN_HUNDRED = 10;
  private static final int REMARKS_IN_HUNDRED = 15;
  private static final int INTRODUCTIONS_IN_HUNDRED = 25;

  private final World world;

  /** The texts of {@code world}. */
  public Chronicle(World world) {
    this.world = world;
  }

  /**
   * Passages with empty lines between them. No sentence is {@link Sentence#isReserved reserved}.
   *
   * @param passages how many
   * @param seed decides all
   */
  public List<String> lines(int passages, long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < passages; i++) {
      Person person = Grammar.pick(world.whole().people(), random);
      lines.addAll(random.nextInt(100) < LISTS_IN_HUNDRED ? list(random) : passage(person, random));
      lines.add("");
    }
    return lines;
  }

  private List<String> passage(Person person, Random random) {
    int count = LEAST_SENTENCES + random.nextInt(MOST_SENTENCES - LEAST_SENTENCES + 1);
    List<String> lines = new ArrayList<>();
    while (lines.size() < count) {
      Sentence sentence =
          Grammar.fill(frame(lines.isEmpty(), random), person, world.whole(), random);
      if (!sentence.isReserved()) {
        lines.add(sentence.text());
      }
    }
    return lines;
  }

  private static String frame(boolean first, Random random) {
    int kind = random.nextInt(100);
    if (!first && kind < REMARKS_IN_HUNDRED) {
      return Grammar.pick(Grammar.REMARKS, random);
    }
    boolean introduces = first || kind < REMARKS_IN_HUNDRED + INTRODUCTIONS_IN_HUNDRED;
    return Grammar.pick(introduces ? Grammar.INTRODUCTIONS : Grammar.HABITS, random);
  }

  /** A list, and what one of its words is. */
  private List<String> list(Random random) {
    while (true) {
      Offer offer = Offer.drawn(world.whole(), random);
      if (!offer.sentence().isReserved()) {
        return List.of(
            offer.sentence().text(), "the " + offer.kind().word() + " is " + offer.wanted() + " .");
      }
    }
  }
}
