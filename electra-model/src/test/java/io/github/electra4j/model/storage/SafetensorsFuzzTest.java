package io.github.electra4j.model.storage;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.testkit.Corruptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Damage of any kind ends in a {@link MalformedFileException} or in tensors of the file's size. */
class SafetensorsFuzzTest {
  private static final long SEED = 20260801;
  private static final int MUTANTS = 4000;

  @TempDir Path folder;
  private Path file;
  private byte[] intact;

  @BeforeEach
  void writeASmallFile() throws IOException {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("a/kernel", Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}}));
    tensors.put("flags", Nd4j.createFromArray(true, false));
    tensors.put("step", Nd4j.scalar(7L));
    file = folder.resolve("small.safetensors");
    SafetensorsFile.write(file, tensors, Map.of("format", "fuzz"), false);
    intact = Files.readAllBytes(file);
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    for (int length = 0; length < intact.length; length++) {
      Files.write(file, intact);
      Corruptions.truncate(file, length);
      assertThrows(
          MalformedFileException.class, () -> SafetensorsFile.open(file), "cut to " + length);
    }
  }

  @Test
  void everyFlippedBitIsNoticedOrHarmless() throws IOException {
    int refused = 0;
    for (int at = 0; at < intact.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        Files.write(file, intact);
        Corruptions.flipBit(file, at, bit);
        refused += refuses("byte %d bit %d".formatted(at, bit)) ? 1 : 0;
      }
    }
    assertTrue(refused > intact.length, "only %d refused".formatted(refused));
  }

  @Test
  void randomDamageIsNoticedOrHarmless() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      byte[] bytes = intact.clone();
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      refuses("seed=%d mutant %d".formatted(SEED, mutant));
    }
  }

  /** Whether the file is refused; anything but a refusal or tensors that fit in it is a failure. */
  private boolean refuses(String what) throws IOException {
    try {
      SafetensorsFile damaged = SafetensorsFile.open(file);
      for (INDArray array : damaged.readAll().values()) {
        assertTrue(array.isEmpty() || array.length() < intact.length, what);
      }
      return false;
    } catch (MalformedFileException expected) {
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
  }
}
