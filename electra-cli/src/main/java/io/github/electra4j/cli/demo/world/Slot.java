package io.github.electra4j.cli.demo.world;

import java.util.List;
import java.util.Locale;

/** A place in a sentence that the grammar fills, and the label that a tagger has to give it. */
enum Slot {
  NAME("PERSON"),
  TOWN("TOWN"),
  GOOD("GOOD"),
  TOOL("TOOL"),
  TRADE("O"),
  WORKPLACE("O"),
  VERB("O");

  /** Those that the tasks ask for. */
  static final List<Slot> KINDS = List.of(NAME, TOWN, GOOD, TOOL);

  private final String tag;

  Slot(String tag) {
    this.tag = tag;
  }

  /** The label of its words, {@code O} if they have none. */
  String tag() {
    return tag;
  }

  /** What the texts call it, e.g. {@code person}. */
  String word() {
    return tag.toLowerCase(Locale.ROOT);
  }

  /** The slot that a frame writes as {@code {good}}. */
  static Slot named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
