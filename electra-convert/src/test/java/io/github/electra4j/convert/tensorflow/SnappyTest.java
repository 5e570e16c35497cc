package io.github.electra4j.convert.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnappyTest {
  @TempDir Path folder;

  private static String decompress(String hex) throws MalformedFileException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    ByteCursor in = new ByteCursor(Path.of("x.index"), bytes, 0, bytes.length, 0);
    return new String(Snappy.decompress(in, 1000), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({
    "03 08 616263, abc",
    "03 f002 616263, abc",
    "03 f40200 616263, abc",
    "09 08 616263 0903, abcabcabc",
    "09 08 616263 160300, abcabcabc",
    "09 08 616263 1703000000, abcabcabc",
    "06 00 61 0501, aaaaaa",
  })
  void everyKindOfTagIsDecoded(String hex, String text) throws IOException {
    assertEquals(text, decompress(hex.replace(" ", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ffffffffff01",
        "ff07",
        "0308",
        "03086162",
        "0208616263",
        "0408616263",
        "050061 0102",
        "05 00 61 0100",
        "02 00 61 0501",
        "03f4",
        "04fcffffffff61",
        "06006116ff00",
      })
  void damageIsRefused(String hex) {
    assertThrows(MalformedFileException.class, () -> decompress(hex.replace(" ", "")));
  }

  /** Rewrites the golden table with its data block packed as one Snappy literal. */
  @Test
  void aCompressedTableIsRead() throws IOException {
    byte[] golden = Files.readAllBytes(BundleIndex.indexFile(GoldenBundle.prefix()));
    ByteCursor footer =
        new ByteCursor(
            Path.of("golden"), golden, golden.length - TableReader.FOOTER_SIZE, golden.length, 0);
    int dataSize = (int) footer.varint64("metaindex offset") - TableReader.BLOCK_TRAILER_SIZE;
    byte[] packed =
        new ByteSink()
            .varint(dataSize)
            .octet(61 << 2)
            .octet(dataSize - 1)
            .octet((dataSize - 1) >>> 8)
            .raw(golden, 0, dataSize)
            .octet(TableReader.SNAPPY_COMPRESSION)
            .toBytes();
    ByteSink file = new ByteSink();
    append(file, packed);
    byte[] metaindex = new ByteSink().varint(file.size()).varint(8).toBytes();
    append(file, HexFormat.of().parseHex("000000000100000000"));
    byte[] pointer = new ByteSink().varint(0).varint(packed.length - 1L).toBytes();
    byte[] index =
        new ByteSink()
            .octet(0)
            .octet(1)
            .octet(pointer.length)
            .octet('h')
            .raw(pointer)
            .fixed32(0)
            .fixed32(1)
            .octet(0)
            .toBytes();
    byte[] indexHandle = new ByteSink().varint(file.size()).varint(index.length - 1L).toBytes();
    append(file, index);
    byte[] handles = Arrays.copyOf(new ByteSink().raw(metaindex).raw(indexHandle).toBytes(), 40);
    file.raw(handles).fixed32((int) TableReader.MAGIC).fixed32((int) (TableReader.MAGIC >>> 32));
    Path prefix = folder.resolve("packed");
    Files.write(BundleIndex.indexFile(prefix), file.toBytes());
    assertEquals(
        BundleIndex.read(GoldenBundle.prefix()).tensors().keySet(),
        BundleIndex.read(prefix).tensors().keySet());
    assertTrue(Files.size(BundleIndex.indexFile(prefix)) > golden.length);
  }

  private static void append(ByteSink file, byte[] block) {
    file.raw(block).fixed32(MaskedCrc.of(block, 0, block.length));
  }
}
