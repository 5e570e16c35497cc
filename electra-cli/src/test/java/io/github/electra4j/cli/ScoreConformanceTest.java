package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.testkit.SharedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Published predictions score what the official evaluators give them. */
@Tag("conformance")
class ScoreConformanceTest {
  @Test
  void publishedPredictionsHaveTheirOfficialScores() throws IOException {
    Path squad = SharedFolders.data("squad");
    JsonNode golden = Run.json(Files.readString(squad.resolve("predictions/golden-scores.json")));
    int systems = 0;
    for (String version : new String[] {"1.1", "2.0"}) {
      Path gold = squad.resolve("dev-v%s.reconstructed.json".formatted(version));
      for (Map.Entry<String, JsonNode> system : golden.get("v" + version).properties()) {
        String place = version.equals("1.1") ? "1.1" : "v2.0";
        Path answers =
            squad.resolve("predictions").resolve(place).resolve(system.getKey() + ".json");
        String task = version.equals("1.1") ? "squadv1" : "squad";
        JsonNode scores =
            Run.of("score", task, "--gold", gold, "--predictions", answers, "--json")
                .exits(ExitCode.OK)
                .json();
        for (Map.Entry<String, JsonNode> score : system.getValue().properties()) {
          if (score.getValue().isNumber()) {
            assertEquals(
                score.getValue().doubleValue(),
                scores.get(score.getKey()).doubleValue(),
                1e-9,
                system.getKey() + " " + score.getKey());
          }
        }
        systems++;
      }
    }
    assertTrue(systems >= 8, "systems: " + systems);
  }
}
