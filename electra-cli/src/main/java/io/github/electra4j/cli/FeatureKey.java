package io.github.electra4j.cli;

import io.github.electra4j.eval.DataFingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Everything that shapes features: the data, the vocabulary and how text is brought to it, the
 * length, the head with its labels, and the version of the way from one to the other.
 *
 * @param digest 64 hexadecimal digits
 */
record FeatureKey(String digest) {
  /** Counted up whenever the same texts give other features. */
  private static final int VERSION = 1;

  /**
   * The key of a split.
   *
   * @param more what else shapes the features
   */
  static FeatureKey of(TaskSplit split, Reading reading, Object more) throws IOException {
    MessageDigest digest = sha256();
    digest.update(reading.text().vocabulary());
    String rest =
        String.join(
            "\n",
            Integer.toString(VERSION),
            DataFingerprint.of(split.file()).sha256(),
            split.name(),
            Integer.toString(split.size()),
            split.head().toString(),
            Boolean.toString(reading.text().lowerCase()),
            reading.text().stripAccents().toString(),
            Integer.toString(reading.maxSeqLength()),
            more.toString());
    digest.update(rest.getBytes(StandardCharsets.UTF_8));
    return new FeatureKey(HexFormat.of().formatHex(digest.digest()));
  }

  /** The digest that keys and contents are checked by. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }
}
