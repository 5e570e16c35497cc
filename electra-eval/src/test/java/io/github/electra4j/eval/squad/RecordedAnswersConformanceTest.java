package io.github.electra4j.eval.squad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The original's answers, scored as the original scored them, best thresholds included. */
@Tag("conformance")
class RecordedAnswersConformanceTest {
  static List<Path> cases() {
    return SharedFolders.goldenCases("finetuning", "predictions.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scoresAreThoseOfTheOriginal(Path folder) throws IOException {
    JsonNode info = new ObjectMapper().readTree(folder.resolve("info.json").toFile());
    String task = folder.getFileName().toString();
    Path gold = SharedFolders.golden("finetuning/raw_data").resolve(task).resolve("dev.json");
    Map<String, String> answers = PredictionFiles.answers(folder.resolve("predictions.json"));
    Path odds = folder.resolve("null_odds.json");
    QuestionScores scores;
    if (Files.exists(odds)) {
      double threshold = info.get("config").get("qa_na_threshold").asDouble();
      scores =
          QuestionScorer.squad2(
              gold,
              answers,
              Optional.of(new QuestionScorer.NullOdds(PredictionFiles.nullOdds(odds), threshold)));
      JsonNode eval = new ObjectMapper().readTree(folder.resolve("eval.json").toFile());
      assertEquals(eval.size(), scores.values().size());
      assertEquals(eval, new ObjectMapper().readTree(scores.toJson()));
    } else {
      scores = QuestionScorer.squad1(gold, answers);
    }
    int compared = 0;
    for (JsonNode result : info.get("results")) {
      String name = result.get(0).asText();
      if (!name.equals("loss")) {
        assertNotNull(scores.values().get(name), name);
        assertEquals(result.get(1).asDouble(), scores.values().get(name), 1e-9, name);
        compared++;
      }
    }
    assertTrue(compared >= 2, info.get("results").toString());
  }
}
