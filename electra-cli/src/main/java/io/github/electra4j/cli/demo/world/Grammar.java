package io.github.electra4j.cli.demo.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The sentences of the world. A frame is a line of words and slots: {@code {name}}, {@code {town}},
 * {@code {trade}}, {@code {verb}}, {@code {good}}, {@code {tool}} and {@code {workplace}} are
 * filled with words of one person, {@code {who}} with a pronoun, the name or the trade; {@code
 * {thing}} with a good or tool of any trade, {@code {named}} with the name of anybody or any town,
 * {@code {adjective}} with any adjective.
 */
final class Grammar {
  /** What tells a person's trade and town. */
  static final List<String> INTRODUCTIONS =
      List.of(
          "{name} is a {trade} in {town} .",
          "{name} the {trade} lives in {town} .",
          "{name} works at the {workplace} .",
          "{name} lives in {town} .",
          "{town} has a {workplace} .");

  /** What a person of a trade does. */
  static final List<String> HABITS =
      List.of(
          "{who} {verb} a {adjective} {good} at the {workplace} .",
          "{who} {verb} the {adjective} {good} with a {adjective} {tool} .",
          "{who} takes the {adjective} {tool} to the {workplace} .",
          "{who} needs a {adjective} {tool} for the {adjective} {good} .",
          "{who} has a {adjective} {tool} and a {adjective} {good} .",
          "{who} {verb} a {good} .",
          "{who} needs a {tool} .",
          "{who} is at the {workplace} .",
          "the {good} and the {tool} are at the {workplace} .");

  /** What is said of anything whatever: nothing but the word itself tells what it is. */
  static final List<String> REMARKS =
      List.of(
          "look at the {thing} .",
          "where is the {thing} ?",
          "the {thing} is old .",
          "here is the {thing} .",
          "i see the {thing} and the {thing} .",
          "do you know {named} ?",
          "i like {named} .",
          "{named} is far away .",
          "i remember {named} and {named} .");

  private static final List<String> ADJECTIVES =
      List.of("big", "fine", "new", "old", "plain", "small");

  private static final List<Slot> THINGS = List.of(Slot.GOOD, Slot.TOOL);

  private Grammar() {}

  /**
   * A frame filled; where there are several words, chance decides.
   *
   * @param frame one of the lists' lines
   * @param person whom it is about
   * @param part where other words may come from
   */
  static Sentence fill(String frame, Person person, World.Part part, Random random) {
    List<String> words = new ArrayList<>();
    List<Optional<Slot>> slots = new ArrayList<>();
    for (String token : frame.split(" ", -1)) {
      Optional<Slot> slot = slot(token, words, slots, random);
      words.add(
          slot.isEmpty()
              ? plain(token, person, random)
              : word(token, slot.get(), person, part, random));
      slots.add(slot);
    }
    return new Sentence(words, slots);
  }

  /** What is filled in for a token; the article of a trade is written on the way. */
  private static Optional<Slot> slot(
      String token, List<String> words, List<Optional<Slot>> slots, Random random) {
    switch (token) {
      case "{thing}":
        return Optional.of(pick(THINGS, random));
      case "{named}":
        return Optional.of(random.nextBoolean() ? Slot.NAME : Slot.TOWN);
      case "{who}":
        int kind = random.nextInt(4);
        if (kind >= 2) {
          words.add("the");
          slots.add(Optional.empty());
        }
        return kind == 0 ? Optional.empty() : Optional.of(kind == 1 ? Slot.NAME : Slot.TRADE);
      default:
        return token.startsWith("{") && !token.equals("{adjective}")
            ? Optional.of(Slot.named(token.substring(1, token.length() - 1)))
            : Optional.empty();
    }
  }

  private static String plain(String token, Person person, Random random) {
    return switch (token) {
      case "{who}" -> person.pronoun();
      case "{adjective}" -> pick(ADJECTIVES, random);
      default -> token;
    };
  }

  private static String word(
      String token, Slot slot, Person person, World.Part part, Random random) {
    if (token.equals("{thing}") || token.equals("{named}")) {
      return part.any(slot, random);
    }
    return switch (slot) {
      case NAME -> person.name();
      case TOWN -> person.town();
      case TRADE, VERB, WORKPLACE, GOOD, TOOL -> pick(person.trade().words(slot), random);
    };
  }

  static <T> T pick(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
