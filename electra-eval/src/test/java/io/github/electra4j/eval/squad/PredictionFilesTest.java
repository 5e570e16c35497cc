package io.github.electra4j.eval.squad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.eval.MetricValue;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.answer.Answer;
import io.github.electra4j.train.answer.Question;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionFilesTest {
  private static final String GOLD =
      """
      {"data": [{"paragraphs": [{"context": "Rollo led.", "qas": [
        {"id": "q1", "question": "Who?", "answers": [{"text": "Rollo", "answer_start": 0}]},
        {"id": "q2", "question": "Why?", "answers": [%s]}]}]}]}
      """;

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    PredictionWriter.Places places = PredictionWriter.Places.in(folder.resolve("out"), true);
    try (PredictionWriter writer = PredictionWriter.create(places, OptionalDouble.empty(), false)) {
      writer.write(answer("q1", "Rollo \"é\"", OptionalDouble.of(-3.25)));
      writer.write(answer("q2", "led", OptionalDouble.of(1.5)));
      assertTrue(!Files.exists(places.predictions()));
      writer.commit();
    }
    assertEquals(
        Map.of("q1", "Rollo \"é\"", "q2", "led"), PredictionFiles.answers(places.predictions()));
    assertEquals(Map.of("q1", -3.25, "q2", 1.5), PredictionFiles.nullOdds(places.nullOdds().get()));
    JsonNode best = new ObjectMapper().readTree(places.best().get().toFile()).get("q2").get(0);
    assertEquals("led", best.get("text").asText());
    assertEquals(0.75, best.get("probability").asDouble());
    assertEquals(1.5, best.get("start_logit").asDouble());
    assertEquals(2.5, best.get("end_logit").asDouble());
    assertThrows(
        FileAlreadyExistsException.class,
        () -> PredictionWriter.create(places, OptionalDouble.empty(), false));
  }

  @Test
  void aThresholdBlanksAnswersAndNothingIsLeftWithoutACommit() throws IOException {
    Path file = folder.resolve("p.json");
    PredictionWriter.Places places =
        new PredictionWriter.Places(file, Optional.empty(), Optional.empty());
    try (PredictionWriter writer = PredictionWriter.create(places, OptionalDouble.of(0), false)) {
      writer.write(answer("q1", "Rollo", OptionalDouble.of(-1)));
      writer.write(answer("q2", "led", OptionalDouble.of(1)));
      writer.commit();
    }
    assertEquals(Map.of("q1", "Rollo", "q2", ""), PredictionFiles.answers(file));
    Path other = Files.createDirectory(folder.resolve("other"));
    PredictionWriter.Places odds = PredictionWriter.Places.in(other, true);
    try (PredictionWriter writer = PredictionWriter.create(odds, OptionalDouble.empty(), false)) {
      Answer none = answer("q1", "Rollo", OptionalDouble.empty());
      assertThrows(IllegalArgumentException.class, () -> writer.write(none));
    }
    try (Stream<Path> left = Files.list(other)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static Answer answer(String id, String text, OptionalDouble odds) {
    return new Answer(
        Question.of(0, id, "Who?", "Rollo led."),
        List.of(new Answer.Span(text, 0, 5, 1.5f, 2.5f, 0.75)),
        odds);
  }

  @Test
  void malformedPredictions() {
    assertFault("[]", "this is no JSON object. Wanted {\"id\": a text, …}.");
    assertFault("{\"a\": 1}", "line 1: the value of \"a\" is not a text. Give one.");
    assertFault("{\"a\": \"x\",\n \"a\": \"y\"}", "line 2: the id \"a\" occurs a second time.");
    assertFault("{\"a\": \"x\"", "line 1: this is not JSON in UTF-8");
    assertFault("", "this is no JSON object");
    assertFault("{\"a\": \"x\"}\n{\"b\": \"y\"}", "line 2: something follows the object");
    assertFault("\0\0\0{\"a\": \"x\"}", "not JSON in UTF-8");
    assertThrows(
        FileNotFoundException.class, () -> PredictionFiles.answers(folder.resolve("none")));
    assertThrows(
        MalformedFileException.class,
        () -> PredictionFiles.nullOdds(Files.writeString(folder.resolve("o"), "{\"a\": \"x\"}")));
  }

  private void assertFault(String text, String part) {
    MalformedFileException error =
        assertThrows(
            MalformedFileException.class,
            () -> PredictionFiles.answers(Files.writeString(folder.resolve("p.json"), text)));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  @Test
  void filesAreScored() throws IOException {
    Path first = gold("{\"text\": \"x\", \"answer_start\": 0}");
    QuestionScores scores = QuestionScorer.squad1(first, Map.of("q1", "rollo", "z", "y"));
    assertEquals(Map.of("exact_match", 50.0, "f1", 50.0), scores.values());
    assertEquals(1, scores.missing());
    assertEquals(1, scores.extra());
    assertEquals(100, QuestionScorer.mrqa(first, Map.of("q1", "rollo")).values().get("f1"));
    Path second = gold("");
    assertThrows(
        MalformedFileException.class, () -> QuestionScorer.squad1(second, Map.of("q1", "x")));
    QuestionScores two =
        QuestionScorer.squad2(
            second,
            Map.of("q1", "Rollo", "q2", "x"),
            Optional.of(new QuestionScorer.NullOdds(Map.of("q1", -5.0, "q2", 0.0), -2.75)));
    assertEquals(100, two.values().get("exact"));
    assertTrue(two.toJson().contains("\"NoAns_total\" : 1,"), two.toJson());
    assertEquals(
        List.copyOf(two.values().keySet()),
        two.officialMetrics().stream().map(MetricValue::name).toList());
    assertTrue(two.officialMetrics().contains(new MetricValue("total", 2, false, true)));
    assertEquals("f1", two.metrics().get(0).name());
    assertTrue(two.metrics().contains(new MetricValue("best_f1_thresh", -5, false, true)));
    assertEquals(9, two.metrics().size() - 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> QuestionScorer.squad2(second, Map.of("z", "x"), Optional.empty()));
    QuestionScores partial = QuestionScorer.squad2(second, Map.of("q1", "x"), Optional.empty());
    assertEquals(1, partial.missing());
  }

  private Path gold(String answers) throws IOException {
    return Files.writeString(folder.resolve("gold.json"), GOLD.formatted(answers));
  }
}
