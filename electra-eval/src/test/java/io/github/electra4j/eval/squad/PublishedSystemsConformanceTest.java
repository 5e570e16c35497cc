package io.github.electra4j.eval.squad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.testkit.SharedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The predictions of published systems, scored as the official scripts scored them. */
@Tag("conformance")
class PublishedSystemsConformanceTest {
  private static final double TOLERANCE = 1e-9;

  /**
   * The one recorded number that no evaluator can have printed: it is 9,002.9999988 questions of
   * 11,873, and not what the same record's HasAns_exact and NoAns_exact (4,127 and 4,876 questions)
   * add up to. The sum is asserted instead.
   */
  private static final String IMPOSSIBLE = "nlnet exact";

  static List<Path> first() throws IOException {
    return systems("1.1");
  }

  static List<Path> second() throws IOException {
    return systems("v2.0");
  }

  private static List<Path> systems(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SharedFolders.data("squad/predictions").resolve(folder))) {
      List<Path> systems = files.filter(file -> file.toString().endsWith(".json")).toList();
      assertTrue(!systems.isEmpty(), "no system in " + folder);
      return systems;
    }
  }

  @ParameterizedTest
  @MethodSource("first")
  void squad1(Path system) throws IOException {
    Map<String, String> answers = PredictionFiles.answers(system);
    Path gold = SharedFolders.data("squad/dev-v1.1.reconstructed.json");
    QuestionScores scores = QuestionScorer.squad1(gold, answers);
    assertEquals(10570, scores.questions());
    assertEquals(2, assertScores("v1.1", system, scores));
    if (system.getFileName().toString().startsWith("Logistic")) {
      assertEquals(13, scores.missing());
      assertEquals(28, scores.extra());
    }
  }

  @ParameterizedTest
  @MethodSource("second")
  void squad2(Path system) throws IOException {
    Map<String, String> answers = PredictionFiles.answers(system);
    Path gold = SharedFolders.data("squad/dev-v2.0.reconstructed.json");
    QuestionScores scores = QuestionScorer.squad2(gold, answers, Optional.empty());
    assertEquals(11873, scores.questions());
    assertTrue(assertScores("v2.0", system, scores) >= 5);
  }

  private static int assertScores(String version, Path system, QuestionScores scores)
      throws IOException {
    String name = system.getFileName().toString().replace(".json", "");
    JsonNode golden =
        new ObjectMapper()
            .readTree(SharedFolders.data("squad/predictions/golden-scores.json").toFile())
            .get(version)
            .get(name);
    int compared = 0;
    for (Map.Entry<String, JsonNode> entry : golden.properties()) {
      if (entry.getValue().isNumber()) {
        String which = name + " " + entry.getKey();
        double expected =
            which.equals(IMPOSSIBLE) ? sumOfParts(golden) : entry.getValue().asDouble();
        assertEquals(expected, scores.values().get(entry.getKey()), TOLERANCE, which);
        compared++;
      }
    }
    return compared;
  }

  /** The exact matches of both kinds of questions; asserts that the record contradicts itself. */
  private static double sumOfParts(JsonNode golden) {
    double questions = 5928 + 5945;
    double recorded = golden.get("exact").asDouble() / 100 * questions;
    assertTrue(Math.abs(recorded - Math.rint(recorded)) > 1e-6, "the record has been corrected");
    double hasAnswer = golden.get("HasAns_exact").asDouble() / 100 * 5928;
    double noAnswer = golden.get("NoAns_exact").asDouble() / 100 * 5945;
    return 100 * (Math.rint(hasAnswer) + Math.rint(noAnswer)) / questions;
  }
}
