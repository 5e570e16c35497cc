package io.github.electra4j.eval;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The key under which prepared data may be kept: a fingerprint of everything that shapes it. Every
 * setting is hashed with its name and with lengths, so that no two different sets of settings have
 * the same bytes; their order is immaterial.
 *
 * <pre>{@code
 * String key =
 *     new CacheKey()
 *         .with("data", DataFingerprint.of(file).sha256())
 *         .with("vocabulary", DataFingerprint.of(vocabulary).sha256())
 *         .with("max_seq_length", 128)
 *         .digest();
 * }</pre>
 */
public final class CacheKey {
  private final Map<String, String> settings = new TreeMap<>();

  /**
   * Adds a setting.
   *
   * @param name of the setting
   * @param value its value; what {@link Object#toString} gives must tell different values apart
   * @return this
   * @throws IllegalArgumentException if the setting was added before
   */
  public CacheKey with(String name, Object value) {
    String kind = value.getClass().getSimpleName();
    if (settings.putIfAbsent(name, kind + ":" + value) != null) {
      throw new IllegalArgumentException(
          "The setting \"%s\" was added before; give every setting a name of its own."
              .formatted(name));
    }
    return this;
  }

  /** SHA-256 of all settings, 64 hexadecimal digits. */
  public String digest() {
    MessageDigest digest = sha256();
    settings.forEach(
        (name, value) -> {
          update(digest, name);
          update(digest, value);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }
}
