package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.testkit.SharedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published vocabularies. */
@Tag("conformance")
class VocabularyConformanceTest {
  @ParameterizedTest
  @CsvSource({
    "bert-base-uncased-vocab.txt, 30522",
    "bert-base-cased-vocab.txt, 28996",
    "bert-base-chinese-vocab.txt, 21128",
    "koelectra-pretrain-vocab.txt, 32200"
  })
  void everyPieceHasItsLineAsIdAndTheFileIsWrittenBack(String name, int size) throws IOException {
    Path file = SharedFolders.data("vocab").resolve(name);
    Vocabulary vocabulary = Vocabulary.read(file);
    List<String> lines = Files.readAllLines(file);
    assertEquals(size, vocabulary.size());
    assertEquals(lines.stream().map(String::strip).toList(), vocabulary.pieces());
    Map<String, Integer> ids = new HashMap<>(); // as the original fills it: the last one wins
    for (int id = 0; id < size; id++) {
      ids.put(lines.get(id).strip(), id);
    }
    ids.forEach((piece, id) -> assertEquals(id, vocabulary.requireId(piece)));
    assertEquals(0, vocabulary.requireId("[PAD]"));
    assertArrayEquals(Files.readAllBytes(file), vocabulary.toBytes());
  }
}
