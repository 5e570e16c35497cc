package io.github.electra4j.tensorflowcheck;

import io.github.electra4j.convert.tensorflow.TensorType;

/**
 * A tensor as bytes.
 *
 * @param name of the variable
 * @param type of its elements
 * @param shape lengths of its axes; of the slice, if it is one
 * @param slice the part of the variable that this is, e.g. {@code "4 3 0,2:0,3"}; empty for all
 * @param bytes elements, row-major, little-endian; shared, not copied
 */
record RawNumbers(String name, TensorType type, long[] shape, String slice, byte[] bytes) {}
