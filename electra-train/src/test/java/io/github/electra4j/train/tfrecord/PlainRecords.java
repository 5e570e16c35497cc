package io.github.electra4j.train.tfrecord;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A second reader of record files that shares no code with the first: the checksum bit by bit, the
 * messages by recursion over streams, whole numbers only. It is slow, and any surprise is an {@link
 * AssertionError}.
 */
public final class PlainRecords {
  private static final long CASTAGNOLI_REVERSED = 0x82F63B78L;

  private PlainRecords() {}

  /** The records of a file. */
  public static List<byte[]> read(Path file) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
    List<byte[]> records = new ArrayList<>();
    while (in.available() > 0) {
      byte[] length = in.readNBytes(8);
      require(Integer.reverseBytes(in.readInt()) == masked(length), "checksum of the length");
      byte[] record = new byte[(int) Long.reverseBytes(toLong(length))];
      in.readFully(record);
      require(Integer.reverseBytes(in.readInt()) == masked(record), "checksum of the record");
      records.add(record);
    }
    return records;
  }

  /** Features of an example, all of whole numbers. */
  public static Map<String, List<Long>> longs(byte[] example) throws IOException {
    Map<String, List<Long>> features = new TreeMap<>();
    for (byte[] entry : fields(only(fields(example, 1)), 1)) {
      List<Long> values = new ArrayList<>();
      byte[] list = only(fields(only(fields(entry, 2)), 3));
      for (byte[] packed : fields(list, 1)) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed));
        while (in.available() > 0) {
          values.add(varint(in));
        }
      }
      features.put(new String(only(fields(entry, 1)), StandardCharsets.UTF_8), values);
    }
    return features;
  }

  private static List<byte[]> fields(byte[] message, int number) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(message));
    List<byte[]> found = new ArrayList<>();
    while (in.available() > 0) {
      long key = varint(in);
      require(key % 8 == 2, "wire type");
      byte[] content = new byte[(int) varint(in)];
      in.readFully(content);
      if (key / 8 == number) {
        found.add(content);
      }
    }
    return found;
  }

  private static byte[] only(List<byte[]> list) {
    require(list.size() == 1, "one field");
    return list.get(0);
  }

  private static long varint(DataInputStream in) throws IOException {
    int next = in.readUnsignedByte();
    return next < 128 ? next : next - 128 + 128 * varint(in);
  }

  private static long toLong(byte[] bytes) throws IOException {
    return new DataInputStream(new ByteArrayInputStream(bytes)).readLong();
  }

  /** TensorFlow's masked CRC-32C. */
  static int masked(byte[] bytes) {
    long crc = crc32c(bytes);
    return (int) ((((crc >> 15) | (crc << 17)) + 0xa282ead8L) & 0xFFFFFFFFL);
  }

  static long crc32c(byte[] bytes) {
    long crc = 0xFFFFFFFFL;
    for (byte b : bytes) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ CASTAGNOLI_REVERSED;
      }
    }
    return crc ^ 0xFFFFFFFFL;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what + " is wrong");
    }
  }
}
