package io.github.electra4j.cli;

import io.github.electra4j.train.task.TextExample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Short reviews from a small grammar, labelled 1 for praise and 0 for blame. A negation turns the
 * judgement round, so that words alone do not decide.
 */
final class DemoReviews {
  private static final List<String> THINGS =
      List.of(
          "film", "plot", "acting", "soup", "waiter", "hotel", "room", "song", "singer", "book",
          "ending", "camera", "concert", "bread", "garden", "lamp");
  private static final List<String> PRAISE =
      List.of(
          "brilliant",
          "delicious",
          "charming",
          "fresh",
          "moving",
          "friendly",
          "clean",
          "superb",
          "gentle",
          "bright");
  private static final List<String> BLAME =
      List.of(
          "dull", "awful", "stale", "rude", "noisy", "dirty", "clumsy", "boring", "bitter",
          "broken");
  private static final List<String> DEGREES =
      List.of("", "", "very ", "really ", "quite ", "truly ");
  private static final List<String> FRAMES =
      List.of(
          "the %s was %s.",
          "i found the %s %s.",
          "what a %2$s %1$s!",
          "the %s seemed %s to me.",
          "my friends called the %s %s.");
  private static final List<String> NEGATED =
      List.of(
          "the %s was not %s.",
          "the %s was never %s.", "nobody called the %s %s.", "i did not find the %s %s.");
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  private DemoReviews() {}

  /** Reviews with ids from 0; {@code seed} decides all. */
  static List<TextExample> examples(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TextExample> examples = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      boolean praise = random.nextBoolean();
      boolean negated = random.nextInt(3) == 0;
      String judgement = pick(random, praise == negated ? BLAME : PRAISE);
      String review =
          pick(random, negated ? NEGATED : FRAMES)
              .formatted(pick(random, THINGS), pick(random, DEGREES) + judgement);
      examples.add(new TextExample(id, review, "", praise ? "1" : "0"));
    }
    return examples;
  }

  /** The vocabulary of all possible reviews: special tokens, punctuation, words. */
  static List<String> vocabulary() {
    TreeSet<String> words = new TreeSet<>();
    Stream.of(THINGS, PRAISE, BLAME, DEGREES, FRAMES, NEGATED)
        .flatMap(Collection::stream)
        .flatMap(text -> Stream.of(text.replaceAll("%(\\d\\$)?s", " ").split("[^a-z]+")))
        .filter(word -> !word.isEmpty())
        .forEach(words::add);
    List<String> vocabulary = new ArrayList<>(SPECIAL);
    vocabulary.addAll(List.of("!", "."));
    vocabulary.addAll(words);
    return vocabulary;
  }

  /** The examples as GLUE's SST-2 has them. */
  static String toTsv(List<TextExample> examples) {
    StringBuilder tsv = new StringBuilder("sentence\tlabel\n");
    examples.forEach(
        example -> tsv.append(example.textA()).append('\t').append(example.label()).append('\n'));
    return tsv.toString();
  }

  private static String pick(SplittableRandom random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
