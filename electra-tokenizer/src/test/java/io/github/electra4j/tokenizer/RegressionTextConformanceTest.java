package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.testkit.SharedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multilingual lines with the tokens of the original's implementation. */
@Tag("conformance")
class RegressionTextConformanceTest {
  @ParameterizedTest
  @CsvSource({
    "regression-text_bert-base-uncased.txt, 9909",
    "regression-fails_electra-reference.txt, 91"
  })
  void everyLineHasTheOriginalsPieces(String file, int lines) throws IOException {
    ElectraTokenizer tokenizer =
        ElectraTokenizer.read(
            SharedFolders.data("vocab/bert-base-uncased-vocab.txt"), TokenizerOptions.uncased());
    String golden = Files.readString(SharedFolders.data("tokenizer").resolve(file));
    List<String> different = new ArrayList<>();
    int count = 0;
    for (String line : golden.split("\r?\n", 0)) {
      List<String> fields = Arrays.asList(line.split("\t", -1));
      List<String> wanted = fields.subList(1, fields.size());
      String text = fields.get(0);
      if (!wanted.equals(tokenizer.tokenize(text))
          || !Arrays.equals(tokenizer.ids(text), withoutSpecialTokens(tokenizer.encode(text)))) {
        different.add(text);
      }
      count++;
    }
    assertEquals(List.of(), different);
    assertEquals(lines, count);
  }

  private static int[] withoutSpecialTokens(Encoding encoding) {
    return Arrays.copyOfRange(encoding.ids(), 1, encoding.length() - 1);
  }
}
