package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.cli.ElectraProcess.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pre-training run is killed (SIGKILL) at random moments and gone on with until it ends; what it
 * ends with is, to the bit, what a run ends with that nobody killed. {@code -Dpretrain.kills=50}
 * kills fifty times instead of five.
 */
class PretrainKillIT {
  private static final int KILLS = Integer.getInteger("pretrain.kills", 5);
  private static final long SEED = Long.getLong("pretrain.kills.seed", 11);
  private static final int STEPS = 400;
  private static final int KILLED = 137;

  /** Kills within the start of the process, before it learns, as a share of all. */
  private static final double EARLY = 0.1;

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private int midway;

  private static Object[] arguments(TinyPretraining tiny, String output) {
    Object[] options = {
      "--steps",
      STEPS,
      "--batch",
      4,
      "--micro-batch",
      3,
      "--save-steps",
      2,
      "--keep",
      2,
      "--seed",
      3,
      "--eval",
      tiny.examples(),
      "--eval-steps",
      50,
      "--eval-examples",
      8,
      "--then",
      tiny.folder().resolve("later"),
      "--then-from",
      STEPS / 2
    };
    return tiny.pretrain(output, options);
  }

  @Test
  void aRunThatIsKilledAgainAndAgainEndsAsIfNothingHadHappened()
      throws IOException, InterruptedException {
    TinyPretraining tiny = TinyPretraining.in(folder);
    tiny.prepare("later", 9, 32);
    Run.of(arguments(tiny, "whole")).exits(ExitCode.OK);
    int runs = 0;
    int kills = 0;
    while (kills < KILLS) {
      String output = "killed-" + runs;
      while (kills < KILLS && killed(tiny, output)) {
        kills++;
      }
      if (!Files.exists(folder.resolve(output).resolve("model"))) {
        ElectraProcess.run(folder, Surroundings.usual(), arguments(tiny, output))
            .exits(ExitCode.OK);
      }
      assertSameEnd(folder.resolve("whole"), folder.resolve(output));
      runs++;
    }
    assertTrue(midway > 0, "no kill hit a run that had saved a state; seed=" + SEED);
    System.err.printf("%d kills, %d of them after a saved state, %d runs%n", kills, midway, runs);
  }

  /** Starts or goes on with a run and kills it; false if it was faster. */
  private boolean killed(TinyPretraining tiny, String output)
      throws IOException, InterruptedException {
    Path training = folder.resolve(output).resolve("training");
    long before = newest(training);
    ElectraProcess process =
        ElectraProcess.start(folder, Surroundings.usual(), arguments(tiny, output));
    if (random.nextDouble() < EARLY) {
      Thread.sleep(random.nextInt(1500));
    } else {
      while (process.isAlive() && newest(training) == before) {
        Thread.sleep(2);
      }
      Thread.sleep(random.nextInt(300));
    }
    boolean hit = process.kill() == KILLED;
    long after = newest(training);
    assertTrue(after >= before, "state %d was lost; seed=%d".formatted(before, SEED));
    midway += hit && after >= 0 ? 1 : 0;
    return hit;
  }

  /** The step of the newest state, −1 without one. */
  private static long newest(Path training) throws IOException {
    if (!Files.isDirectory(training)) {
      return -1;
    }
    try (Stream<Path> states = Files.list(training)) {
      return states
          .map(state -> state.getFileName().toString())
          .filter(name -> name.startsWith("step-"))
          .mapToLong(name -> Long.parseLong(name.substring(5)))
          .max()
          .orElse(-1);
    }
  }

  private static void assertSameEnd(Path whole, Path killed) throws IOException {
    for (String file : List.of("model/model.safetensors", "model/config.json")) {
      assertEquals(-1, Files.mismatch(whole.resolve(file), killed.resolve(file)), file);
    }
    Path state = Path.of("training/step-%08d".formatted(STEPS));
    assertEquals(
        DemoFiles.snapshot(whole.resolve(state)),
        DemoFiles.snapshot(killed.resolve(state)),
        "weights, moments and step");
    assertEquals(
        STEPS + 1, Files.readAllLines(killed.resolve("train.csv")).size(), "rows of train.csv");
    assertEquals(
        Files.readString(whole.resolve("eval.csv")), Files.readString(killed.resolve("eval.csv")));
    try (Stream<Path> left = Files.list(killed.resolve("training"))) {
      assertEquals(3, left.count(), "run.json and two states, nothing half-written");
    }
  }
}
