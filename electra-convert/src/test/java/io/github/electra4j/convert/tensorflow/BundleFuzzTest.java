package io.github.electra4j.convert.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** Every damage to a bundle must end in a {@link MalformedFileException}. */
class BundleFuzzTest {
  @TempDir Path folder;
  private Path prefix;
  private Path index;
  private Path data;
  private byte[] indexBytes;
  private byte[] dataBytes;

  @BeforeEach
  void writeBundle() throws IOException {
    prefix = folder.resolve("small");
    index = BundleIndex.indexFile(prefix);
    data = BundleIndex.dataFile(prefix, 0, 1);
    try (BundleWriter writer = BundleWriter.create(prefix)) {
      writer.add("a/bias", Nd4j.createFromArray(1f, 2f, 3f));
      writer.add("a/kernel", Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}}));
      writer.add("global_step", Nd4j.scalar(7L));
      writer.finish();
    }
    indexBytes = Files.readAllBytes(index);
    dataBytes = Files.readAllBytes(data);
  }

  private void assertMalformed(String what) {
    assertThrows(MalformedFileException.class, this::readAll, what);
  }

  private void readAll() throws IOException {
    try (BundleReader reader = BundleReader.open(prefix)) {
      reader.verify();
    }
  }

  @Test
  void anIndexTruncatedAnywhereIsRefused() throws IOException {
    for (int length = 0; length < indexBytes.length; length++) {
      Files.write(index, Arrays.copyOf(indexBytes, length));
      assertMalformed("index of " + length + " bytes");
    }
  }

  @Test
  void dataTruncatedAnywhereOrTooLongAreRefused() throws IOException {
    for (int length = 0; length < dataBytes.length; length++) {
      Files.write(data, Arrays.copyOf(dataBytes, length));
      assertMalformed("data of " + length + " bytes");
    }
    Files.write(data, Arrays.copyOf(dataBytes, dataBytes.length + 1));
    assertMalformed("data with an extra byte");
  }

  @Test
  void everyFlippedBitOfTheIndexIsNoticed() throws IOException {
    for (int bit = 0; bit < 8 * indexBytes.length; bit++) {
      byte[] damaged = indexBytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(index, damaged);
      assertMalformed("index bit " + bit);
    }
  }

  @Test
  void everyFlippedBitOfTheDataIsNoticed() throws IOException {
    for (int bit = 0; bit < 8 * dataBytes.length; bit++) {
      byte[] damaged = dataBytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(data, damaged);
      assertMalformed("data bit " + bit);
    }
  }

  /** With repaired checksums damage may be consistent by accident; it must still end cleanly. */
  @Test
  void damageBehindRepairedChecksumsEndsCleanly() throws IOException {
    long seed = 20261123;
    Random random = new Random(seed);
    int refused = 0;
    int rounds = 4000;
    int blockSize = indexBytes.length - TableReader.FOOTER_SIZE;
    for (int round = 0; round < rounds; round++) {
      byte[] damaged = indexBytes.clone();
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        damaged[random.nextInt(blockSize)] = (byte) random.nextInt(256);
      }
      repair(damaged);
      Files.write(index, damaged);
      try {
        readAll();
      } catch (MalformedFileException e) {
        refused++;
      } catch (FileNotFoundException e) {
        assertTrue(e.getMessage().startsWith("Data shard missing"), e.getMessage());
      }
    }
    assertTrue(refused > rounds / 2, "seed=" + seed + " refused " + refused);
  }

  /** Recomputes the checksums of the three blocks where the intact file has them. */
  private void repair(byte[] bytes) {
    int metaindex = indexBytes.length;
    int[] ends = new int[3];
    int footer = indexBytes.length - TableReader.FOOTER_SIZE;
    ByteCursor handles = new ByteCursor(index, indexBytes, footer, metaindex, 0);
    try {
      int metaindexAt = (int) handles.varint64("offset");
      int metaindexSize = (int) handles.varint64("size");
      int indexAt = (int) handles.varint64("offset");
      int indexSize = (int) handles.varint64("size");
      int[] starts = {0, metaindexAt, indexAt};
      ends[0] = metaindexAt - 4;
      ends[1] = metaindexAt + metaindexSize + 1;
      ends[2] = indexAt + indexSize + 1;
      for (int block = 0; block < 3; block++) {
        int crc = MaskedCrc.of(bytes, starts[block], ends[block] - starts[block]);
        byte[] fixed = new ByteSink().fixed32(crc).toBytes();
        System.arraycopy(fixed, 0, bytes, ends[block], 4);
      }
    } catch (MalformedFileException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    Files.delete(data);
    FileNotFoundException error = assertThrows(FileNotFoundException.class, this::readAll);
    assertTrue(error.getMessage().contains("small.data-00000-of-00001"), error.getMessage());
  }

  @Test
  void theErrorNamesTheTensorAndThePlace() throws IOException {
    dataBytes[13] ^= 1;
    Files.write(data, dataBytes);
    MalformedFileException error = assertThrows(MalformedFileException.class, this::readAll);
    assertEquals(data.toString(), error.file());
    assertEquals(OptionalLong.of(12), error.offset());
    assertTrue(error.getMessage().contains("a/kernel"), error.getMessage());
  }
}
