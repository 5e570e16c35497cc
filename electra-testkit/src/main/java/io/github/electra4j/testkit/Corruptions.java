package io.github.electra4j.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Ways in which a file gets damaged on its way to a user. */
public final class Corruptions {
  private Corruptions() {}

  /** Overwrites {@code file} with its first {@code length} bytes. */
  public static void truncate(Path file, int length) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
  }

  /** Flips bit {@code bit} (0 to 7) of byte {@code at} in place. */
  public static void flipBit(Path file, int at, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= (byte) (1 << bit);
    Files.write(file, bytes);
  }
}
