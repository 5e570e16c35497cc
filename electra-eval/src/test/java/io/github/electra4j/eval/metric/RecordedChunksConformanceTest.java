package io.github.electra4j.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.train.chunk.ChunkDecoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The original's tags, scored as the original scored them. */
@Tag("conformance")
class RecordedChunksConformanceTest {
  static List<Path> cases() throws IOException {
    List<Path> cases = new ArrayList<>();
    for (Path folder : SharedFolders.goldenCases("finetuning", "info.json")) {
      if (info(folder).has("label_mapping")) {
        cases.add(folder);
      }
    }
    assertTrue(!cases.isEmpty(), "no case of tagging");
    return cases;
  }

  private static JsonNode info(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("info.json").toFile());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scoresAreThoseOfTheOriginal(Path folder) throws IOException {
    JsonNode info = info(folder);
    String[] names = new String[info.get("label_mapping").size()];
    info.get("label_mapping")
        .properties()
        .forEach(entry -> names[entry.getValue().asInt()] = entry.getKey());
    GoldenTensors tensors = GoldenTensors.read(folder.resolve("outputs.safetensors"));
    float[] labels = tensors.get("eval_after.labels").floats();
    float[] mask = tensors.get("eval_after.labels_mask").floats();
    float[] predictions = tensors.get("eval_after.predictions").floats();
    int length = (int) tensors.get("eval_after.labels").shape()[1];
    ChunkTally tally = new ChunkTally(ChunkDecoding.ORIGINAL);
    for (int from = 0; from < labels.length; from += length) {
      List<String> gold = new ArrayList<>();
      List<String> predicted = new ArrayList<>();
      for (int i = from; i < from + length && mask[i] > 0; i++) {
        gold.add(names[(int) labels[i]]);
        predicted.add(names[(int) predictions[i]]);
      }
      tally.add(gold, predicted);
    }
    ChunkScore score = tally.overall();
    int compared = 0;
    for (JsonNode result : info.get("results")) {
      double expected = result.get(1).asDouble();
      switch (result.get(0).asText()) {
        case "precision" -> assertEquals(expected, 100 * score.precision(), 1e-9);
        case "recall" -> assertEquals(expected, 100 * score.recall(), 1e-9);
        case "f1" -> assertEquals(expected, 100 * score.f1(), 1e-9);
        default -> compared--;
      }
      compared++;
    }
    assertEquals(3, compared);
  }
}
