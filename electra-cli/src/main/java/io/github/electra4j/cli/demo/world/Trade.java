package io.github.electra4j.cli.demo.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A trade and the words that go with it, and with no other.
 *
 * @param name of who works in it
 * @param verb what such a person does with the goods
 * @param workplace where
 * @param goods what is made, moved or looked after
 * @param tools with what
 */
record Trade(String name, String verb, String workplace, List<String> goods, List<String> tools) {
  /** Every trade of the world: trade, verb, workplace; goods; tools. */
  private static final String TABLE =
      """
      baker bakes bakery; loaf cake bun pie; oven whisk tray sieve
      cook boils kitchen; soup stew sauce broth; pot ladle spoon pan
      doctor treats hospital; fever cough wound rash; syringe bandage pill scalpel
      farmer grows farm; turnip pumpkin cabbage carrot; plough scythe tractor pitchfork
      fisher catches lake; trout eel pike carp; net rod hook reel
      gardener plants garden; rose tulip lily daisy; spade rake hose trowel
      musician plays theatre; waltz march ballad tango; violin flute drum harp
      painter paints studio; portrait mural sketch landscape; brush easel palette canvas
      potter shapes pottery; jug bowl vase plate; kiln sponge wheel glaze
      sailor steers harbour; ship ferry yacht barge; rudder compass sail anchor
      smith forges smithy; horseshoe sword nail hinge; hammer anvil furnace vice
      tailor sews shop; coat shirt dress skirt; needle thimble pin ribbon
      """;

  /** All trades. */
  static final List<Trade> ALL = TABLE.lines().map(Trade::parse).toList();

  /** Copies the lists. */
  Trade {
    goods = List.copyOf(goods);
    tools = List.copyOf(tools);
  }

  private static Trade parse(String line) {
    List<List<String>> parts =
        Arrays.stream(line.split("; ", -1)).map(part -> List.of(part.split(" ", -1))).toList();
    List<String> who = parts.get(0);
    return new Trade(who.get(0), who.get(1), who.get(2), parts.get(1), parts.get(2));
  }

  /** The same trade with its goods and tools in another order. */
  Trade shuffled(Random random) {
    List<String> otherGoods = new ArrayList<>(goods);
    List<String> otherTools = new ArrayList<>(tools);
    Collections.shuffle(otherGoods, random);
    Collections.shuffle(otherTools, random);
    return new Trade(name, verb, workplace, otherGoods, otherTools);
  }

  /** The same trade with one half of its goods and tools, the first or the second. */
  Trade half(boolean first) {
    return new Trade(name, verb, workplace, half(goods, first), half(tools, first));
  }

  /** One half of a list, the first or the second. */
  static <T> List<T> half(List<T> all, boolean first) {
    int middle = all.size() / 2;
    return first ? all.subList(0, middle) : all.subList(middle, all.size());
  }

  /** The words that it has for a slot; none for slots of people and towns. */
  List<String> words(Slot slot) {
    return switch (slot) {
      case TRADE -> List.of(name);
      case VERB -> List.of(verb);
      case WORKPLACE -> List.of(workplace);
      case GOOD -> goods;
      case TOOL -> tools;
      case NAME, TOWN -> List.of();
    };
  }
}
