package io.github.electra4j.cli;

import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.graph.NativeFloats;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The SHA-256 of a model's names, shapes and numbers, whatever file they came from. */
final class WeightFingerprint {
  private static final int BLOCK = 1 << 16;

  private WeightFingerprint() {}

  /** 64 hexadecimal digits. */
  static String of(WeightMap weights) {
    return of(weights.arrays());
  }

  /** 64 hexadecimal digits for arrays by their names. */
  static String of(Map<String, INDArray> arrays) {
    MessageDigest digest = sha256();
    arrays.forEach(
        (name, array) -> {
          digest.update((name + Arrays.toString(array.shape())).getBytes(StandardCharsets.UTF_8));
          add(digest, array);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** 64 hexadecimal digits for the bytes of a file. */
  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static void add(MessageDigest digest, INDArray array) {
    NativeFloats values = NativeFloats.of(array.dup('c'));
    float[] block = new float[BLOCK];
    ByteBuffer bytes = ByteBuffer.allocate(4 * BLOCK);
    for (int start = 0; start < values.length(); start += BLOCK) {
      int count = Math.min(BLOCK, values.length() - start);
      values.get(start, block, count);
      bytes.clear();
      bytes.asFloatBuffer().put(block, 0, count);
      digest.update(bytes.array(), 0, 4 * count);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }
}
