package io.github.electra4j.tokenizer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The part of the Unicode character database that the tokenizer asks for, frozen at version 14.0.0,
 * so that a text has the same pieces under every Java version. The original takes these from the
 * Python it runs on and deletes what that Python does not know, so the version is part of its
 * behaviour. Made and documented by {@code src/test/python/generate_unicode_tables.py}.
 */
final class UnicodeData {
  static final String VERSION = "14.0.0";

  // Groups of general categories.
  static final int OTHER = 0;
  static final int CONTROL = 1; // C*: control, format, surrogate, private use, unassigned
  static final int SPACE = 2; // Zs
  static final int LINE = 3; // Zl, Zp
  static final int PUNCTUATION = 4; // P*
  static final int MARK = 5; // Mn

  // What a neighbour of a capital sigma is.
  static final int UNCASED = 0;
  static final int IGNORABLE = 1;
  static final int CASED = 2;

  private static final String RESOURCE = "unicode-" + VERSION + ".bin";
  private static final UnicodeData INSTANCE = load();

  private final CodePointRuns groups;
  private final CodePointRuns casing;
  private final CodePointRuns combining;
  private final CodePointMappings lowerCase;
  private final CodePointMappings decomposed;

  private UnicodeData(Numbers numbers) {
    groups = numbers.runs(8);
    casing = numbers.runs(4);
    combining = numbers.runs(256);
    lowerCase = numbers.mappings();
    decomposed = numbers.mappings();
    numbers.requireEnd();
  }

  static UnicodeData get() {
    return INSTANCE;
  }

  private static UnicodeData load() {
    try (InputStream in = UnicodeData.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new EOFException(RESOURCE + " is not beside the classes");
      }
      return new UnicodeData(new Numbers(in.readAllBytes()));
    } catch (IOException e) {
      throw new AssertionError("The tokenizer's own Unicode tables cannot be read", e);
    }
  }

  /** Group of the general category, e.g. {@link #MARK}. */
  CodePointRuns groups() {
    return groups;
  }

  /** {@link #CASED}, {@link #IGNORABLE} or {@link #UNCASED}; ignorable wins over cased. */
  int casing(int codePoint) {
    return casing.valueAt(codePoint);
  }

  /** Canonical combining class, 0 to 254. */
  CodePointRuns combining() {
    return combining;
  }

  /** Full lower-casing of a code point on its own; a capital sigma becomes the ordinary one. */
  CodePointMappings lowerCase() {
    return lowerCase;
  }

  /** Full canonical decomposition, without the Hangul syllables. */
  CodePointMappings decomposed() {
    return decomposed;
  }

  /** The LEB128 numbers of the resource. */
  private static final class Numbers {
    private final byte[] bytes;
    private int at;

    Numbers(byte[] bytes) {
      this.bytes = bytes;
    }

    private int next() {
      int number = 0;
      for (int shift = 0; ; shift += 7) {
        byte low = bytes[at++];
        number |= (low & 0x7F) << shift;
        if (low >= 0) {
          return number;
        }
      }
    }

    CodePointRuns runs(int scale) {
      int count = next();
      int[] starts = new int[count];
      int[] values = new int[count];
      int start = 0;
      for (int run = 0; run < count; run++) {
        int number = next();
        starts[run] = start;
        values[run] = number % scale;
        start += number / scale;
      }
      return new CodePointRuns(starts, values);
    }

    CodePointMappings mappings() {
      int count = next();
      int[] sources = new int[count];
      int[][] targets = new int[count][];
      int source = 0;
      for (int i = 0; i < count; i++) {
        source += next();
        sources[i] = source;
        targets[i] = new int[next()];
        for (int k = 0; k < targets[i].length; k++) {
          int zigzag = next();
          targets[i][k] = source + ((zigzag >>> 1) ^ -(zigzag & 1));
        }
      }
      return new CodePointMappings(sources, targets);
    }

    void requireEnd() {
      if (at != bytes.length) {
        throw new AssertionError(
            "%s holds %d bytes, of which only %d are read".formatted(RESOURCE, bytes.length, at));
      }
    }
  }
}
