package io.github.electra4j.train.tfrecord;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.testkit.Corruptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files end in one kind of exception, wherever the damage is. */
class RecordFuzzTest {
  @TempDir private Path folder;
  private Path file;
  private byte[] intact;

  @BeforeEach
  void writeFile() throws IOException {
    file = folder.resolve("some.tfrecord");
    try (RecordWriter writer =
        new RecordWriter(
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
      writer.write(example());
      writer.write(example());
    }
    intact = Files.readAllBytes(file);
  }

  private static byte[] example() {
    return ExampleMessage.encode(
        Map.of(
            "input_ids", new FeatureList.Longs(new long[] {101, 7592, 102, 0}),
            "score", new FeatureList.Floats(new float[] {0.5f}),
            "text", new FeatureList.Bytes(List.of(new byte[] {104, 105}))));
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    for (int at = 0; at < intact.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        Corruptions.flipBit(file, at, bit);
        String where = "byte " + at + ", bit " + bit;
        assertThrows(MalformedFileException.class, this::readByNumber, where);
        assertThrows(MalformedFileException.class, this::readInOrder, where);
        Corruptions.flipBit(file, at, bit);
      }
    }
    readByNumber();
    readInOrder();
  }

  @Test
  void everyTruncationIsNoticedUnlessItIsBetweenRecords() throws IOException {
    for (int length = intact.length - 1; length > 0; length--) {
      Files.write(file, intact);
      Corruptions.truncate(file, length);
      if (length != intact.length / 2) {
        assertThrows(MalformedFileException.class, this::readByNumber, "length " + length);
        assertThrows(MalformedFileException.class, this::readInOrder, "length " + length);
      }
    }
  }

  @Test
  void messagesWithAnyChangeAreReadOrRefused() {
    byte[] message = example();
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = java.util.Arrays.copyOf(message, random.nextInt(message.length) + 1);
      for (int k = random.nextInt(4); k >= 0; k--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        ExampleMessage.decode(changed, "fuzz");
      } catch (MalformedFileException e) {
        refused++;
      }
    }
    org.junit.jupiter.api.Assertions.assertTrue(refused > 10_000, refused + " refused");
  }

  private void readByNumber() throws IOException {
    try (RecordFile records = RecordFile.open(file)) {
      for (int i = 0; i < records.size(); i++) {
        ExampleMessage.decode(records.read(i), "record " + i);
      }
    }
  }

  private void readInOrder() throws IOException {
    try (RecordReader records = RecordReader.open(file)) {
      for (byte[] record = records.next(); record != null; record = records.next()) {
        ExampleMessage.decode(record, "record");
      }
    }
  }
}
