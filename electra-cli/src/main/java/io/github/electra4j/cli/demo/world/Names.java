package io.github.electra4j.cli.demo.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Names made of two syllables. Any may be a person's or a town's: only the texts tell. */
final class Names {
  private static final List<String> FIRST =
      List.of("al", "bel", "cor", "dal", "fer", "gil", "hal", "jor", "kel", "mar", "nor", "wil");
  private static final List<String> LAST =
      List.of("by", "den", "ford", "ham", "la", "mond", "nia", "rick", "stan", "ton", "vin", "win");

  private Names() {}

  /** All 144, in an order that {@code random} decides. */
  static List<String> shuffled(Random random) {
    List<String> all = new ArrayList<>();
    FIRST.forEach(first -> LAST.forEach(last -> all.add(first + last)));
    Collections.shuffle(all, random);
    return all;
  }
}
