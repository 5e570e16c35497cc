package io.github.electra4j.cli;

import io.github.electra4j.eval.CacheKey;
import io.github.electra4j.eval.DataFingerprint;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.task.TaskExample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A folder that keeps features from one command to the next. The name of a file is its key, so that
 * whatever shapes the features makes another file; its last 32 bytes are the SHA-256 of the others,
 * and a file that does not agree with them is made anew.
 */
final class FeatureCache {
  /** Counted up whenever the same texts give other features. */
  private static final int VERSION = 2;

  private static final int DIGEST_BYTES = 32;

  private final Path folder;
  private final Console console;

  FeatureCache(Path folder, Console console) {
    this.folder = folder;
    this.console = console;
  }

  /** Computes features if they are not there. */
  interface Maker {
    List<TaskExample> make() throws IOException;
  }

  /**
   * Everything that shapes the features of a split: the data, the vocabulary and how text is
   * brought to it, the length, the head with its labels, and the version of the way from one to the
   * other.
   *
   * @param form what else shapes the features
   */
  static CacheKey key(TaskSplit split, Reading reading, String form) throws IOException {
    byte[] vocabulary = sha256().digest(reading.text().vocabulary());
    return new CacheKey()
        .with("version", VERSION)
        .with("data", DataFingerprint.of(split.file()).sha256())
        .with("split", split.name())
        .with("examples", split.size())
        .with("head", split.head())
        .with("vocabulary", HexFormat.of().formatHex(vocabulary))
        .with("lower_case", reading.text().lowerCase())
        .with("strip_accents", reading.text().stripAccents())
        .with("max_seq_length", reading.maxSeqLength())
        .with("form", form);
  }

  /** The features of a key, from the folder or else made and kept there. */
  List<TaskExample> features(CacheKey key, Maker maker) throws IOException {
    Path file = folder.resolve(key.digest() + ".features");
    boolean damaged = false;
    if (Files.exists(file)) {
      try {
        List<TaskExample> kept = decode(file, Files.readAllBytes(file));
        console.say("Features: %,d from %s".formatted(kept.size(), file));
        return kept;
      } catch (MalformedFileException e) {
        console.say(e.getMessage());
        damaged = true;
      }
    }
    List<TaskExample> made = maker.make();
    AtomicFile.write(file, encode(made), damaged);
    return made;
  }

  private static byte[] encode(List<TaskExample> examples) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(examples.size());
    for (TaskExample example : examples) {
      FeatureCodec.write(example, out);
    }
    byte[] digest = sha256().digest(bytes.toByteArray());
    out.write(digest);
    return bytes.toByteArray();
  }

  private static List<TaskExample> decode(Path file, byte[] bytes) throws IOException {
    int length = bytes.length - DIGEST_BYTES;
    MessageDigest digest = sha256();
    digest.update(bytes, 0, Math.max(0, length));
    if (length < Integer.BYTES
        || !Arrays.equals(digest.digest(), Arrays.copyOfRange(bytes, length, bytes.length))) {
      throw MalformedFileException.in(file, "the file is damaged; the features are made anew.");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
    TaskExample[] examples = new TaskExample[in.readInt()];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = FeatureCodec.read(in);
    }
    return List.of(examples);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }
}
