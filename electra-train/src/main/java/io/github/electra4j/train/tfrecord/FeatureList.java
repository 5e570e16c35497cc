package io.github.electra4j.train.tfrecord;

import java.util.List;

/** The values of one feature of an example, all of one kind. */
public sealed interface FeatureList {
  /** Number of values. */
  int size();

  /**
   * Whole numbers ({@code int64_list}).
   *
   * @param values in order; not copied
   */
  record Longs(long[] values) implements FeatureList {
    @Override
    public int size() {
      return values.length;
    }
  }

  /**
   * Numbers in single precision ({@code float_list}).
   *
   * @param values in order; not copied
   */
  record Floats(float[] values) implements FeatureList {
    @Override
    public int size() {
      return values.length;
    }
  }

  /**
   * Strings of bytes ({@code bytes_list}).
   *
   * @param values in order; the arrays are not copied
   */
  record Bytes(List<byte[]> values) implements FeatureList {
    /** Copies the list. */
    public Bytes {
      values = List.copyOf(values);
    }

    @Override
    public int size() {
      return values.size();
    }
  }
}
