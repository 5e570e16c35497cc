package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.testkit.SharedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sentences and pairs cut, joined and padded as the original's features. */
@Tag("conformance")
class FeaturesConformanceTest {
  @ParameterizedTest
  @CsvSource({"sst, 0, -1", "rte, 1, 2", "sts, 7, 8"})
  void featuresAreTheOriginals(String task, int first, int second) throws IOException {
    ElectraTokenizer tokenizer =
        ElectraTokenizer.read(
            SharedFolders.data("vocab/bert-base-uncased-vocab.txt"), TokenizerOptions.uncased());
    JsonNode features =
        new ObjectMapper()
            .readTree(
                Files.readAllBytes(
                    SharedFolders.golden("finetuning/" + task + "/dev_features.json")));
    int length = features.path(0).path("input_ids").size();
    EncodeOptions options = EncodeOptions.maxLength(length).withPadding(Padding.maxLength());
    List<Encoding> encodings = new ArrayList<>();
    for (String line : lines(task)) {
      String[] fields = line.split("\t", -1);
      encodings.add(
          second < 0
              ? tokenizer.encode(fields[first], options)
              : tokenizer.encode(fields[first], fields[second], options));
    }
    assertEquals(features.size(), encodings.size());
    for (int i = 0; i < encodings.size(); i++) {
      Encoding encoding = encodings.get(i);
      JsonNode golden = features.path(i);
      assertArrayEquals(numbers(golden, "input_ids"), encoding.ids());
      assertArrayEquals(numbers(golden, "input_mask"), encoding.attentionMask());
      assertArrayEquals(numbers(golden, "segment_ids"), encoding.tokenTypeIds());
    }
  }

  private static int[] numbers(JsonNode golden, String feature) {
    return GoldenTokens.numbers(golden.path(feature));
  }

  private static List<String> lines(String task) throws IOException {
    List<String> lines =
        Files.readAllLines(SharedFolders.golden("finetuning/raw_data/" + task + "/dev.tsv"));
    return lines.subList(1, lines.size());
  }
}
