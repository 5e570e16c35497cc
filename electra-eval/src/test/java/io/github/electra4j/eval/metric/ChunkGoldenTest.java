package io.github.electra4j.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.train.chunk.ChunkDecoding;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ChunkGoldenTest {
  @TestFactory
  Stream<DynamicTest> countsAreThoseOfConlleval() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (InputStream in =
        ChunkGoldenTest.class.getResourceAsStream("/golden/chunks/expected.json")) {
      for (JsonNode golden : new ObjectMapper().readTree(in).get("cases")) {
        tests.add(DynamicTest.dynamicTest(golden.get("name").asText(), () -> assertAgrees(golden)));
      }
    }
    assertEquals(14, tests.size());
    return tests.stream();
  }

  private static void assertAgrees(JsonNode golden) {
    ChunkTally tally = new ChunkTally(ChunkDecoding.CONLLEVAL);
    for (int i = 0; i < golden.get("gold").size(); i++) {
      tally.add(tags(golden.get("gold").get(i)), tags(golden.get("predicted").get(i)));
    }
    assertEquals(golden.get("words").asInt(), tally.words());
    assertEquals(golden.get("right_tags").asInt(), Math.round(tally.tagAccuracy() * tally.words()));
    assertEquals(score(golden.get("overall")), tally.overall());
    assertEquals(golden.get("types").size(), tally.byType().size());
    tally
        .byType()
        .forEach((type, score) -> assertEquals(score(golden.get("types").get(type)), score, type));
  }

  private static ChunkScore score(JsonNode counts) {
    return new ChunkScore(counts.get(0).asInt(), counts.get(1).asInt(), counts.get(2).asInt());
  }

  private static List<String> tags(JsonNode array) {
    List<String> tags = new ArrayList<>();
    array.forEach(tag -> tags.add(tag.asText()));
    return tags;
  }
}
