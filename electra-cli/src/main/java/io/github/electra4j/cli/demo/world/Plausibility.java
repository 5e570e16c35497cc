package io.github.electra4j.cli.demo.world;

import io.github.electra4j.train.task.TextExample;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Sentences that are true of the world, and others in which a good or tool is something else. */
public final class Plausibility {
  /** The labels: whether such a thing happens. */
  public static final List<String> LABELS = List.of("odd", "usual");

  private static final Set<Slot> REPLACED = EnumSet.of(Slot.GOOD, Slot.TOOL);

  private static final List<String> FRAMES =
      Grammar.HABITS.stream()
          .filter(frame -> frame.startsWith("{who}") && frame.contains("{adjective}"))
          .map(frame -> frame.replace("{who}", "the {trade}"))
          .toList();

  private Plausibility() {}

  /**
   * Examples, odd and usual in turn. Sentences of the usual ones stand in no text of the world.
   *
   * @param part what they speak of
   * @param seed decides all
   */
  public static List<TextExample> examples(World.Part part, int count, long seed) {
    Random random = new Random(seed);
    List<TextExample> examples = new ArrayList<>();
    while (examples.size() < count) {
      boolean usual = examples.size() % 2 == 1;
      Trade trade = Grammar.pick(part.trades(), random);
      Sentence sentence = Grammar.fill(Grammar.pick(FRAMES, random), of(trade), part, random);
      if (!usual) {
        sentence = odd(sentence, part, random);
      }
      if (!usual || sentence.isReserved()) {
        examples.add(
            new TextExample(examples.size(), sentence.text(), "", LABELS.get(usual ? 1 : 0)));
      }
    }
    return examples;
  }

  /** Somebody of a trade, with the goods and tools that may be spoken of. */
  private static Person of(Trade trade) {
    return new Person("", false, trade, "");
  }

  private static Sentence odd(Sentence sentence, World.Part part, Random random) {
    List<Integer> places =
        IntStream.range(0, sentence.words().size())
            .filter(i -> sentence.slots().get(i).filter(REPLACED::contains).isPresent())
            .boxed()
            .toList();
    int place = Grammar.pick(places, random);
    List<Slot> others =
        Slot.KINDS.stream()
            .filter(kind -> !sentence.slots().get(place).equals(Optional.of(kind)))
            .toList();
    return sentence.with(place, part.any(Grammar.pick(others, random), random));
  }
}
