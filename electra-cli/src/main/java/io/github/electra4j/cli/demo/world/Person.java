package io.github.electra4j.cli.demo.world;

/**
 * Somebody who lives in the world.
 *
 * @param name unlike that of everybody else and of every town
 * @param she whether the texts say she or he
 * @param trade what the person works in
 * @param town where the person lives
 */
record Person(String name, boolean she, Trade trade, String town) {
  /** She or he. */
  String pronoun() {
    return she ? "she" : "he";
  }
}
