package io.github.electra4j.cli.demo;

import io.github.electra4j.cli.demo.world.Plausibility;
import io.github.electra4j.cli.demo.world.World;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.train.pretrain.StartingPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole way of a model, from raw text to what pre-training brought, on a small world.
 *
 * <pre>{@code
 * List<Contest> contests = new Demo(DemoPlan.full(1), talk).run(folder);
 * }</pre>
 */
public final class Demo {
  /** The report's name in the folder. */
  public static final String REPORT = "report.html";

  private final DemoPlan plan;
  private final DemoTalk talk;

  /** A demo that tells {@code talk} how far it is. */
  public Demo(DemoPlan plan, DemoTalk talk) {
    this.plan = plan;
    this.talk = talk;
  }

  /**
   * Runs it.
   *
   * @param folder empty; text, vocabulary, models and report are written there
   * @return a contest per task
   */
  public List<Contest> run(Path folder) throws IOException {
    World world = World.seeded(plan.seed());
    talk.say(
        "1. A world of people, towns and trades, told in %,d passages".formatted(plan.passages()));
    DemoTexts texts = DemoTexts.write(world, plan, folder);
    texts.lines().stream().limit(4).forEach(line -> talk.say("   " + line));
    talk.say(
        "2. A vocabulary of %d pieces, learned from its %,d words"
            .formatted(texts.vocabulary().size(), texts.words()));
    DemoPretraining pretraining = new DemoPretraining(talk);
    Checkpoint trained = pretrained(pretraining, texts);
    talk.say("4. Export as a TensorFlow checkpoint, and import");
    Checkpoint imported = RoundTrip.through(folder.resolve("tensorflow"), trained);
    Checkpoint model = imported.withText(texts.settings());
    model.write(folder.resolve("model"), false);
    talk.say("   %d tensors came back equal to the bit".formatted(model.weights().names().size()));
    List<Contest> contests = contests(world, model, folder);
    String report =
        new DemoReport(plan, world, texts.lines(), pretraining.charts(), contests)
            .html(model, folder);
    AtomicFile.write(folder.resolve(REPORT), report.getBytes(StandardCharsets.UTF_8), false);
    return contests;
  }

  /** A sentence of that world, unknown to its model, in which a word stands that does not fit. */
  public static String oddSentence(long seed) {
    return Plausibility.examples(World.seeded(seed).unseen(), 1, seed + 1).get(0).textA();
  }

  private Checkpoint pretrained(DemoPretraining pretraining, DemoTexts texts) throws IOException {
    ElectraConfig config = plan.model(texts.vocabulary().size());
    Checkpoint start =
        StartingPoint.fresh(config, Optional.of(texts.settings()), plan.seed()).checkpoint();
    talk.say(
        "3. Pre-train an ELECTRA of %,d weights: %,d steps"
            .formatted(size(start), plan.pretrainSteps()));
    return pretraining.run(start, plan, texts);
  }

  private static long size(Checkpoint checkpoint) {
    return checkpoint.weights().arrays().values().stream().mapToLong(array -> array.length()).sum();
  }

  private List<Contest> contests(World world, Checkpoint model, Path folder) throws IOException {
    List<Challenge> challenges =
        List.of(
            PlausibilityChallenge.of(world, plan),
            ListChallenge.of(world, plan),
            LabelChallenge.of(world, plan));
    talk.say(
        "5. Fine-tune for %d tasks with %d examples each; the tests ask for words that are in no example"
            .formatted(challenges.size(), plan.taughtExamples()));
    for (Challenge each : challenges) {
      talk.say("   %-13s %s".formatted(each.name() + ":", each.sample()));
    }
    Tournament tournament = new Tournament(plan, talk, folder, challenges.size());
    List<Contest> contests = new ArrayList<>();
    for (Challenge each : challenges) {
      contests.add(tournament.play(each, model));
    }
    return contests;
  }
}
