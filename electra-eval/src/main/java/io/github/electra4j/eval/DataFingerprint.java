package io.github.electra4j.eval;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which version of a file was used.
 *
 * @param file name of the file, with the name of its folder, e.g. {@code SST-2/dev.tsv}
 * @param bytes its length
 * @param sha256 the SHA-256 of all its bytes, 64 hexadecimal digits in lower case
 */
public record DataFingerprint(String file, long bytes, String sha256) {
  private static final int CHUNK_BYTES = 1 << 16;

  /** Reads the whole file once, without keeping it. */
  public static DataFingerprint of(Path file) throws IOException {
    MessageDigest digest = newDigest();
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
        bytes += read;
      }
    }
    return new DataFingerprint(shortName(file), bytes, HexFormat.of().formatHex(digest.digest()));
  }

  /** Without the folders above the last: they differ from machine to machine. */
  private static String shortName(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    int names = absolute.getNameCount();
    String name = absolute.getName(names - 1).toString();
    return names < 2 ? name : absolute.getName(names - 2) + "/" + name;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }
}
