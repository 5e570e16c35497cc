package io.github.electra4j.cli.demo.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A small world: trades with their words, and people who have a trade and live in a town. Trades
 * are the same in every world; who does what and where is decided by a seed, and so is which half
 * of the goods, tools, people and towns may be spoken of when a task is taught. The other half, of
 * which nothing but the texts tell, is for tests.
 *
 * <pre>{@code
 * World world = World.seeded(1);
 * List<String> lines = new Chronicle(world).lines(20_000, 1);
 * List<TextExample> taught = Plausibility.examples(world.taught(), 200, 1);
 * }</pre>
 */
public final class World {
  private static final int TOWNS = 12;

  private final Part whole;
  private final Part taught;
  private final Part unseen;

  /**
   * What may be spoken of.
   *
   * @param trades all of them, with some of their goods and tools
   * @param people some of them
   * @param towns some of their names
   */
  public record Part(List<Trade> trades, List<Person> people, List<String> towns) {
    /** Copies the lists. */
    public Part {
      trades = List.copyOf(trades);
      people = List.copyOf(people);
      towns = List.copyOf(towns);
    }

    /** Any of its words for a slot. */
    String any(Slot slot, Random random) {
      return switch (slot) {
        case NAME -> Grammar.pick(people, random).name();
        case TOWN -> Grammar.pick(towns, random);
        case TRADE, VERB, WORKPLACE, GOOD, TOOL ->
            Grammar.pick(Grammar.pick(trades, random).words(slot), random);
      };
    }
  }

  private World(Part whole, Part taught, Part unseen) {
    this.whole = whole;
    this.taught = taught;
    this.unseen = unseen;
  }

  /** The world of a seed. */
  public static World seeded(long seed) {
    Random random = new Random(seed);
    List<String> names = Names.shuffled(random);
    List<String> towns = names.subList(0, TOWNS);
    List<Trade> trades = Trade.ALL.stream().map(trade -> trade.shuffled(random)).toList();
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < trades.size(); i++) {
      people.add(
          new Person(
              names.get(TOWNS + i),
              random.nextBoolean(),
              trades.get(i),
              towns.get(random.nextInt(TOWNS))));
    }
    Collections.shuffle(people, random);
    return new World(
        new Part(trades, people, towns),
        half(trades, people, towns, true),
        half(trades, people, towns, false));
  }

  private static Part half(
      List<Trade> trades, List<Person> people, List<String> towns, boolean first) {
    return new Part(
        trades.stream().map(trade -> trade.half(first)).toList(),
        Trade.half(people, first),
        Trade.half(towns, first));
  }

  /** Everything, of which the texts tell. */
  public Part whole() {
    return whole;
  }

  /** What the examples of a task speak of when it is taught. */
  public Part taught() {
    return taught;
  }

  /** What they speak of when it is tested: other goods, tools, people and towns. */
  public Part unseen() {
    return unseen;
  }
}
