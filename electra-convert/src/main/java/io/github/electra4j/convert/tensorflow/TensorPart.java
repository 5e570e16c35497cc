package io.github.electra4j.convert.tensorflow;

/**
 * A box of a tensor and the place of its bytes: row-major, least significant byte first.
 *
 * @param start first index of the box on every axis
 * @param shape length of the box on every axis
 * @param shard number of the data file, from 0
 * @param offset first byte in that data file
 * @param size number of bytes
 * @param maskedCrc masked CRC-32C of the bytes
 */
public record TensorPart(
    long[] start, long[] shape, int shard, long offset, long size, int maskedCrc) {

  /** Whether some element lies in both boxes. */
  boolean overlaps(TensorPart other) {
    for (int axis = 0; axis < start.length; axis++) {
      if (start[axis] >= other.start[axis] + other.shape[axis]
          || other.start[axis] >= start[axis] + shape[axis]) {
        return false;
      }
    }
    return true;
  }
}
