package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that use the generator: fill-mask and generate. */
class GeneratorCommandsTest {
  private static final String TEXT = "the [MASK] was not [MASK].";

  @TempDir static Path folder;
  private static Path model;
  private static Path withoutGenerator;

  @BeforeAll
  static void models() throws IOException {
    model = DemoFiles.model(folder);
    withoutGenerator = folder.resolve("run");
    Path glue = DemoFiles.reviews(folder, 8, 8);
    Run.of("finetune", model, "--task", "sst", "--data", glue, "--output", withoutGenerator)
        .exits(ExitCode.OK);
  }

  @Test
  void everyMaskHasItsMostProbableFillings() {
    Run run = Run.of("fill-mask", model, "--text", TEXT, "--top", 3).exits(ExitCode.OK);
    assertEquals("", run.err());
    assertEquals(6, run.lines().size());
    double before = 1;
    for (String line : run.lines().subList(0, 3)) {
      assertTrue(line.matches("1\t1\t0\\.\\d{4}\t\\S+"), line);
      double probability = Double.parseDouble(line.split("\t", -1)[2]);
      assertTrue(probability <= before, run.out());
      before = probability;
    }
    assertTrue(run.lines().get(5).startsWith("1\t2\t"), run.out());
  }

  @Test
  void jointFillingBeginsWithTheSurestMaskAndTheOthersSeeIt() {
    JsonNode alone = Run.of("fill-mask", model, "--text", TEXT, "--json").exits(0).json();
    JsonNode joint =
        Run.of("fill-mask", model, "--text", TEXT, "--json", "--joint").exits(0).json();
    assertEquals("independent", alone.get("filled").textValue());
    assertEquals("joint", joint.get("filled").textValue());
    JsonNode first = joint.get("masks").get(0);
    double surest = best(first);
    for (JsonNode mask : alone.get("masks")) {
      assertTrue(best(mask) <= surest + 1e-6, alone.toString());
    }
    int filled = first.get("mask").intValue();
    String piece = first.get("fillings").get(0).get("piece").textValue();
    String seen =
        filled == 1
            ? TEXT.replaceFirst("\\[MASK]", piece)
            : TEXT.replaceFirst("\\[MASK]\\.", piece + ".");
    JsonNode rest = Run.of("fill-mask", model, "--text", seen, "--json").exits(0).json();
    assertEquals(best(rest.get("masks").get(0)), best(joint.get("masks").get(1)), 1e-6);
  }

  private static double best(JsonNode mask) {
    return mask.get("fillings").get(0).get("probability").doubleValue();
  }

  @Test
  void textsAreNumberedAcrossLines() {
    byte[] lines = "a [MASK]\nno [MASK]\n".getBytes(StandardCharsets.UTF_8);
    Run run = Run.withInput(lines, "fill-mask", model, "--top", 1).exits(0);
    assertEquals(2, run.lines().size());
    assertTrue(run.lines().get(1).startsWith("2\t1\t"), run.out());
  }

  @Test
  void theSeedDecidesWhatIsWritten() {
    for (String method : List.of("mask-predict", "gibbs")) {
      Object[] args = {
        "generate", model, "--text", "the [MASK].", "--length", 5, "--method", method, "--steps", 3
      };
      Run once = Run.of(args).exits(ExitCode.OK);
      assertEquals(once, Run.of(args));
      assertFalse(once.out().contains("[MASK]"), once.out());
      assertTrue(once.out().startsWith("the "), once.out());
      Object[] many = java.util.Arrays.copyOf(args, args.length + 2);
      many[args.length] = "--samples";
      many[args.length + 1] = 6;
      Set<String> different = new HashSet<>(Run.of(many).exits(0).lines());
      assertTrue(different.size() > 1 && different.contains(once.lines().get(0)), method);
    }
  }

  @Test
  void jsonHasPiecesAndTheirProbability() {
    JsonNode json =
        Run.of("generate", model, "--text", TEXT, "--top-k", 1, "--json", "--seed", 5)
            .exits(0)
            .json();
    assertEquals(TEXT, json.get("text").textValue());
    assertEquals(2, json.get("pieces").size());
    assertEquals(5, json.get("seed").intValue());
    assertTrue(json.get("log_probability").doubleValue() < 0);
    JsonNode other =
        Run.of("generate", model, "--text", TEXT, "--top-k", 1, "--json", "--seed", 6).json();
    assertEquals(json.get("generated"), other.get("generated"), "the best needs no luck");
    assertNotEquals(json.get("seed"), other.get("seed"));
  }

  @Test
  void longTextsAreReadAroundTheirMasks() throws IOException {
    Path file = Files.writeString(folder.resolve("long"), "the film ".repeat(60) + "[MASK] [MASK]");
    Run.of("fill-mask", model, "--input", file, "--joint", "--top", 1).exits(0);
    Run.of("generate", model, "--input", file, "--steps", 2).exits(0);
  }

  @Test
  void mistakesAreRefused() {
    Run.of("fill-mask", model, "--text", "none").refuses(2, "The text has no [MASK]");
    Run.of("fill-mask", model, "--text", TEXT, "--top", 0).refuses(2, "--top is 0");
    Run.of("fill-mask", withoutGenerator, "--text", TEXT).refuses(3, "has no generator");
    Run.of("generate", model, "--text", "none").refuses(2, "The text has no [MASK]");
    Run.of("generate", model, "--text", TEXT, "--steps", 0).refuses(2, "--steps is 0");
    Run.of("generate", model, "--text", TEXT, "--temperature", 0).refuses(2, "--temperature 0.0");
    Run.of("generate", model, "--text", TEXT, "--method", "x").refuses(2, "no method x");
    Run.of("generate", withoutGenerator, "--text", TEXT).refuses(3, "has no generator");
  }
}
