package io.github.electra4j.train.corpus.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdUtils;

/** What a file begins with, whatever its name. */
enum Compression {
  GZIP("1f8b") {
    @Override
    InputStream decompress(String source, InputStream in) throws IOException {
      return GzipCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .get();
    }
  },
  BZIP2("425a68") {
    /** After a digit for the size of blocks the first block begins, or the end. */
    @Override
    boolean begins(byte[] head) {
      return super.begins(head)
          && (startsWith(head, 4, "314159265359") || startsWith(head, 4, "177245385090"));
    }

    @Override
    InputStream decompress(String source, InputStream in) throws IOException {
      return new BZip2CompressorInputStream(in, true);
    }
  },
  XZ("fd377a585a00") {
    @Override
    InputStream decompress(String source, InputStream in) throws IOException {
      return XZCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .setMemoryLimitKiB(XZ_MEMORY_KIB)
          .get();
    }
  },
  ZSTANDARD("28b52ffd") {
    @Override
    InputStream decompress(String source, InputStream in) throws IOException {
      if (!ZstdUtils.isZstdCompressionAvailable()) {
        throw new IOException(
            source
                + " is compressed with Zstandard, but the library com.github.luben:zstd-jni is not"
                + " there. Add it to the class path, or decompress the file.");
      }
      return new ZstdCompressorInputStream(in);
    }
  };

  /** Enough for xz -9, which needs 65 MiB; a damaged header may ask for far more. */
  private static final int XZ_MEMORY_KIB = 256 << 10;

  private final String magic; // in hexadecimal

  Compression(String magic) {
    this.magic = magic;
  }

  /** The compression of a file that begins with these bytes, or null. */
  static Compression of(byte[] head) {
    for (Compression compression : values()) {
      if (compression.begins(head)) {
        return compression;
      }
    }
    return null;
  }

  /**
   * Whether the bytes from a place on are these.
   *
   * @param magic in hexadecimal
   */
  static boolean startsWith(byte[] bytes, int at, String magic) {
    byte[] wanted = HexFormat.of().parseHex(magic);
    int end = at + wanted.length;
    return bytes.length >= end && Arrays.equals(bytes, at, end, wanted, 0, wanted.length);
  }

  /** Whether a file that begins with these bytes is of this kind. */
  boolean begins(byte[] head) {
    return startsWith(head, 0, magic);
  }

  abstract InputStream decompress(String source, InputStream in) throws IOException;
}
