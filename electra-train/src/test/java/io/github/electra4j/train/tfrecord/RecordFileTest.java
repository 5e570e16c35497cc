package io.github.electra4j.train.tfrecord;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
  @TempDir private Path folder;

  @Test
  void theChecksumIsTheOneOfTheStandard() {
    // RFC 3720, B.4, and the check value of the CRC catalogue
    assertEquals(0x8A9136AAL, PlainRecords.crc32c(new byte[32]));
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0xE3069283L, PlainRecords.crc32c(digits));
    assertEquals(PlainRecords.masked(digits), MaskedCrc.of(digits, 0, digits.length));
  }

  @Test
  void aRecordLiesInTheFileAsSpecified() throws IOException {
    byte[] record = "123456789".getBytes(StandardCharsets.US_ASCII);
    Path file = write(List.of(record));
    String length = "0900000000000000" + "37f97139";
    String digits = "313233343536373839" + "e5b08ac7"; // e3069283 turned right by 15, + a282ead8
    assertEquals(length + digits, HexFormat.of().formatHex(Files.readAllBytes(file)));
  }

  @Test
  void allReadersReadWhatWasWritten() throws IOException {
    List<byte[]> records = records();
    Path file = write(records);
    assertRecords(records, PlainRecords.read(file));
    try (RecordReader reader = RecordReader.open(file)) {
      List<byte[]> read = new ArrayList<>();
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        read.add(record);
      }
      assertRecords(records, read);
      assertNull(reader.next());
    }
    try (RecordFile byNumber = RecordFile.open(file)) {
      assertEquals(records.size(), byNumber.size());
      assertEquals(file, byNumber.path());
      for (int i = records.size() - 1; i >= 0; i--) {
        assertArrayEquals(records.get(i), byNumber.read(i));
      }
      assertThrows(IndexOutOfBoundsException.class, () -> byNumber.read(records.size()));
      assertThrows(IndexOutOfBoundsException.class, () -> byNumber.read(-1));
    }
  }

  @Test
  void anEmptyFileHoldsNoRecords() throws IOException {
    Path file = write(List.of());
    assertEquals(0, Files.size(file));
    try (RecordFile byNumber = RecordFile.open(file);
        RecordReader reader = RecordReader.open(file)) {
      assertEquals(0, byNumber.size());
      assertNull(reader.next());
    }
  }

  @Test
  void anImpossibleLengthIsNoReasonToReserveMemory() throws IOException {
    byte[] header = HexFormat.of().parseHex("ffffffffffffff7f");
    byte[] bytes = new byte[100];
    System.arraycopy(header, 0, bytes, 0, 8);
    int crc = PlainRecords.masked(header);
    for (int i = 0; i < 4; i++) {
      bytes[8 + i] = (byte) (crc >>> (8 * i));
    }
    Path file = Files.write(folder.resolve("huge"), bytes);
    MalformedFileException huge =
        assertThrows(MalformedFileException.class, () -> RecordFile.open(file));
    assertTrue(huge.getMessage().contains("9223372036854775807"), huge.getMessage());
    try (RecordReader reader = RecordReader.open(file)) {
      assertThrows(MalformedFileException.class, reader::next);
    }
  }

  @Test
  void aFileThatShrankIsNoticed() throws IOException {
    Path file = write(records());
    try (RecordFile byNumber = RecordFile.open(file)) {
      Files.write(file, new byte[3]);
      assertThrows(MalformedFileException.class, () -> byNumber.read(2));
    }
  }

  /** Empty, small, and larger than every buffer. */
  private static List<byte[]> records() {
    Random random = new Random(3);
    List<byte[]> records = new ArrayList<>();
    for (int length : new int[] {0, 1, 500, 65_535, 70_000, 3, 1 << 21, 12}) {
      byte[] record = new byte[length];
      random.nextBytes(record);
      records.add(record);
    }
    return records;
  }

  private Path write(List<byte[]> records) throws IOException {
    Path file = folder.resolve("some.tfrecord");
    try (RecordWriter writer =
        new RecordWriter(
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      for (byte[] record : records) {
        writer.write(record);
      }
    }
    return file;
  }

  private static void assertRecords(List<byte[]> expected, List<byte[]> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "record " + i);
    }
  }
}
