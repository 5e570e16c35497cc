package io.github.electra4j.convert.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file's bytes must amount to.
 *
 * @param algorithm as {@link MessageDigest} calls it
 * @param digits lower-case hexadecimal digits
 */
record Digest(String algorithm, String digits) {
  private static final Pattern SHA_256 = Pattern.compile("\"?([0-9a-f]{64})\"?");
  private static final Pattern GOOGLE = Pattern.compile("md5=([A-Za-z0-9+/]{22}==)");

  static Digest sha256(String digits) {
    return new Digest("SHA-256", digits);
  }

  /**
   * The checksum in the headers of a response: HuggingFace's hub names the SHA-256 of large files
   * in {@code X-Linked-Etag}, Google's storage the MD5 in {@code x-goog-hash}.
   */
  static Optional<Digest> announcedBy(UnaryOperator<String> headers) {
    String linked = headers.apply("X-Linked-Etag");
    Matcher sha = SHA_256.matcher(linked == null ? "" : linked.toLowerCase(Locale.ROOT));
    if (sha.matches()) {
      return Optional.of(sha256(sha.group(1)));
    }
    String hashes = headers.apply("x-goog-hash");
    Matcher md5 = GOOGLE.matcher(hashes == null ? "" : hashes);
    return md5.find()
        ? Optional.of(
            new Digest("MD5", HexFormat.of().formatHex(Base64.getDecoder().decode(md5.group(1)))))
        : Optional.empty();
  }

  /** The digest of a file by the same algorithm. */
  Digest of(Path file) throws IOException {
    MessageDigest sum;
    try {
      sum = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        sum.update(buffer, 0, count);
      }
    }
    return new Digest(algorithm, HexFormat.of().formatHex(sum.digest()));
  }

  @Override
  public String toString() {
    return algorithm + " " + digits;
  }
}
