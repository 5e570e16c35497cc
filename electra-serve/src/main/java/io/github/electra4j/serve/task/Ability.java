package io.github.electra4j.serve.task;

import java.util.Optional;

/** What models can be asked; each is an address of the service. */
public enum Ability {
  /** Labels for texts and pairs. */
  CLASSIFY("classify", "fine-tuned to classify texts"),
  /** Numbers for texts and pairs. */
  REGRESS("regress", "fine-tuned to give texts a number"),
  /** Answers to questions. */
  ANSWER("answer", "fine-tuned to answer questions"),
  /** Labels for words. */
  TAG("tag", "fine-tuned to label words"),
  /** Intents of utterances and their slots. */
  PARSE("parse", "fine-tuned for intents and slots"),
  /** How well documents fit a query. */
  RANK(
      "rank",
      "fine-tuned on pairs: to choose among candidates, to give a number, or with a label for pairs"
          + " that fit (entailment, or the one of --label)"),
  /** Which tokens were replaced. */
  DETECT("detect", "pre-trained, with its replaced-token head"),
  /** Texts as vectors. */
  EMBED("embed", "any"),
  /** What masks stand for. */
  FILL_MASK("fill-mask", "pre-trained, with its generator");

  private final String word;
  private final String needs;

  Ability(String word, String needs) {
    this.word = word;
    this.needs = needs;
  }

  /** Its name in addresses. */
  public String word() {
    return word;
  }

  /** Which models have it. */
  public String needs() {
    return needs;
  }

  /** Its address. */
  public String path() {
    return "/v1/" + word;
  }

  /** The ability at an address. */
  public static Optional<Ability> at(String path) {
    for (Ability ability : values()) {
      if (ability.path().equals(path)) {
        return Optional.of(ability);
      }
    }
    return Optional.empty();
  }
}
