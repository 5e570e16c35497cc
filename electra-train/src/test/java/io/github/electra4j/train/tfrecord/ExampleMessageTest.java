package io.github.electra4j.train.tfrecord;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExampleMessageTest {
  @Test
  void theBytesAreThoseOfTheFormat() {
    // example, features, entry, key, value, int64_list, packed values
    byte[] bytes = ExampleMessage.encode(Map.of("ids", new FeatureList.Longs(new long[] {1, 300})));
    assertEquals("0a10" + "0a0e" + "0a03696473" + "1207" + "1a05" + "0a03" + "01ac02", hex(bytes));
  }

  @Test
  void everyKindOfListComesBack() throws MalformedFileException {
    long[] longs = {0, 1, 127, 128, Long.MAX_VALUE, -1, Long.MIN_VALUE};
    float[] floats = {0f, -1.5f, Float.MAX_VALUE, Float.NEGATIVE_INFINITY};
    byte[] text = "Köln".getBytes(StandardCharsets.UTF_8);
    Map<String, FeatureList> features = new LinkedHashMap<>();
    features.put("longs", new FeatureList.Longs(longs));
    features.put("floats", new FeatureList.Floats(floats));
    features.put("bytes", new FeatureList.Bytes(List.of(text, new byte[0])));
    features.put("ö", new FeatureList.Longs(new long[0]));

    Map<String, FeatureList> read = decode(hex(ExampleMessage.encode(features)));
    assertEquals(List.of("longs", "floats", "bytes", "ö"), List.copyOf(read.keySet()));
    assertArrayEquals(longs, ((FeatureList.Longs) read.get("longs")).values());
    assertArrayEquals(floats, ((FeatureList.Floats) read.get("floats")).values());
    FeatureList.Bytes bytes = (FeatureList.Bytes) read.get("bytes");
    assertArrayEquals(text, bytes.values().get(0));
    assertEquals(2, bytes.size());
    assertEquals(0, read.get("ö").size());
    assertEquals(4, read.get("floats").size());
  }

  @Test
  void unpackedListsAreReadToo() throws MalformedFileException {
    String list = "0801" + "08ac02" + "0a0105" + "08ffffffffffffffffff01"; // 1, 300, [5], -1
    assertArrayEquals(new long[] {1, 300, 5, -1}, longs(feature("1a", list)));
    Map<String, FeatureList> floats =
        decode(feature("12", "0d0000c03f" + "0a040000803f" + "0d00000040"));
    assertArrayEquals(new float[] {1.5f, 1f, 2f}, ((FeatureList.Floats) floats.get("f")).values());
  }

  @Test
  void unknownFieldsArePassedOver() throws MalformedFileException {
    String list = "1005" + "0a0107" + "190102030405060708"; // field 2, [7], field 3 of 8 bytes
    assertArrayEquals(new long[] {7}, longs("2001" + feature("1a", list) + "2d01020304"));
  }

  @Test
  void aFeatureWithoutValuesIsLeftOut() throws MalformedFileException {
    assertEquals(Map.of(), decode("0a07" + "0a05" + "0a0166" + "1200"));
    assertEquals(Map.of(), decode(""));
  }

  @Test
  void whatIsNoExampleIsRefused() {
    for (String wrong :
        List.of(
            "0a",
            "0a05",
            "00",
            "0b",
            "08ffffffffffffffffff02",
            feature("1a", "0a0180"),
            feature("12", "0a03010203"),
            feature("12", "0d0102"),
            "0affffffff0f")) {
      MalformedFileException refused =
          assertThrows(MalformedFileException.class, () -> decode(wrong), wrong);
      assertTrue(refused.getMessage().startsWith("a.tfrecord, record 3: "), refused.getMessage());
    }
  }

  /** An example whose only feature is named f. */
  private static String feature(String kind, String list) {
    return nest("0a", nest("0a", nest("0a", "66") + nest("12", nest(kind, list))));
  }

  private static String nest(String key, String content) {
    return key + "%02x".formatted(content.length() / 2) + content;
  }

  private static long[] longs(String hex) throws MalformedFileException {
    return ((FeatureList.Longs) decode(hex).get("f")).values();
  }

  private static Map<String, FeatureList> decode(String hex) throws MalformedFileException {
    return ExampleMessage.decode(HexFormat.of().parseHex(hex), "a.tfrecord, record 3");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
