package io.github.electra4j.convert.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Index files that are sound as tables but say what cannot be. */
class MalformedIndexTest {
  private static final String HEADER = "08011a020801";

  @TempDir Path folder;

  private static byte[] hex(String digits) {
    return java.util.HexFormat.of().parseHex(digits);
  }

  private MalformedFileException malformed(Map<String, String> entries) throws IOException {
    TableWriter table = new TableWriter();
    entries.forEach(
        (key, value) -> table.add(key.getBytes(StandardCharsets.ISO_8859_1), hex(value)));
    Path prefix = folder.resolve("b");
    Files.write(BundleIndex.indexFile(prefix), table.finish());
    return assertThrows(MalformedFileException.class, () -> BundleIndex.read(prefix));
  }

  @ParameterizedTest
  @CsvSource({
    "1a020801, declares 0 data files",
    "08ffffffffffffffffff01, declares -1 data files",
    "08011001, big-endian",
    "08011a041002, but only 2 bytes remain",
    "08011a021002, version 2",
    "0d00000000, wire type 5",
    "0f, wire type 7",
    "08, field value needs 1 bytes",
    "08ffffffffffffffffff02, more than 64 bits",
    "08ffffffffffffffffffff01, more than 64 bits",
    "088100, superfluous",
    "00, field tag",
  })
  void badHeadersAreExplained(String header, String problem) throws IOException {
    String message = malformed(Map.of("", header)).getMessage();
    assertTrue(message.contains(problem), message);
  }

  @ParameterizedTest
  @CsvSource({
    "0863, element type 99",
    "08011204120208ff, field value",
    "0801120d120b08ffffffffffffffffff01, length -1",
    "080112021801, unknown rank",
    "080112001801, lies in shard 1",
    "080112002808, '8 bytes, but 1 elements'",
    "08011206120208031202, field length",
    "080120ffffffffffffffffff012804, offset -1",
    "080120ffffffffffffffff7f2804, offset 9223372036854775807",
    "08011218120a08ffffffffffffffff7f120a08ffffffffffffffff7f, exceeds 64 bits",
    "0801120408011003, wire type",
  })
  void badEntriesAreExplained(String entry, String problem) throws IOException {
    String message = malformed(new TreeMap<>(Map.of("", HEADER, "x", entry))).getMessage();
    assertTrue(message.contains(problem), message);
  }

  @Test
  void aTableWithoutHeaderIsNoBundle() throws IOException {
    assertTrue(malformed(Map.of("x", "0801")).getMessage().contains("header"));
    assertTrue(malformed(Map.of()).getMessage().contains("header"));
  }

  @Test
  void aNameMustBeUtf8() throws IOException {
    assertTrue(
        malformed(new TreeMap<>(Map.of("", HEADER, "\u00ff", "080112002804")))
            .getMessage()
            .contains("UTF-8"));
  }

  @Test
  void tooManyAxesAreRefused() throws IOException {
    String axes = "12020801".repeat(300);
    String entry = "080112b009" + axes;
    assertTrue(
        malformed(new TreeMap<>(Map.of("", HEADER, "x", entry)))
            .getMessage()
            .contains("more than 254 axes"));
  }

  @Test
  void aHugeKeyIsRefused() throws IOException {
    assertTrue(
        malformed(new TreeMap<>(Map.of("", HEADER, "x".repeat(9000), "0801")))
            .getMessage()
            .contains("key of 9000 bytes"));
  }

  @Test
  void manyBlocksAreReadBack() throws IOException {
    Map<String, String> entries = new TreeMap<>(Map.of("", HEADER));
    TableWriter table = new TableWriter();
    table.add(new byte[0], hex(HEADER));
    for (int i = 0; i < 30_000; i++) {
      String name = "variable_%05d/kernel".formatted(i);
      table.add(
          name.getBytes(StandardCharsets.US_ASCII),
          hex("08011200" + "20" + varint(4L * i) + "2804"));
      entries.put(name, "");
    }
    Path prefix = folder.resolve("many");
    Files.write(BundleIndex.indexFile(prefix), table.finish());
    assertTrue(Files.size(BundleIndex.indexFile(prefix)) > 2 * 262_144);
    BundleIndex index = BundleIndex.read(prefix);
    assertEquals(30_000, index.tensors().size());
    assertEquals(4 * 12_345, index.tensors().get("variable_12345/kernel").parts().get(0).offset());
    assertTrue(entries.keySet().containsAll(index.tensors().keySet()));
  }

  private static String varint(long value) {
    return java.util.HexFormat.of().formatHex(new ByteSink().varint(value).toBytes());
  }
}
