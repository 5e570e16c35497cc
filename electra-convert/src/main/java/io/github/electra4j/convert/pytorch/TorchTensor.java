package io.github.electra4j.convert.pytorch;

/**
 * A view of a storage: element {@code (i, j, …)} is at {@code offset + i·stride[0] + j·stride[1] +
 * …}.
 *
 * @param storage the numbers
 * @param offset element at which it starts
 * @param shape lengths of the axes
 * @param stride elements from one index to the next, per axis
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record TorchTensor(TorchStorage storage, long offset, long[] shape, long[] stride) {
  /** Number of elements. */
  long elements() {
    long count = 1;
    for (long axis : shape) {
      count = Math.multiplyExact(count, axis);
    }
    return count;
  }

  /** Elements of the storage from the first used to the last used; 0 if there are none. */
  long span() {
    long last = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] == 0) {
        return 0;
      }
      last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1, stride[axis]));
    }
    return last + 1;
  }

  /** Whether the elements lie one after another in row-major order. */
  boolean dense() {
    long expected = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (shape[axis] != 1 && stride[axis] != expected) {
        return false;
      }
      expected *= shape[axis];
    }
    return true;
  }

  /** Why it is no view of its storage; null if it is. */
  String problem() {
    if (shape.length != stride.length) {
      return "it has %d axes but %d strides".formatted(shape.length, stride.length);
    }
    if (offset < 0) {
      return "it starts at the element %d".formatted(offset);
    }
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 0 || stride[axis] < 0) {
        return "axis %d has length %d and stride %d; neither may be below 0"
            .formatted(axis, shape[axis], stride[axis]);
      }
    }
    try {
      if (elements() > storage.elements() || offset > storage.elements() - span()) {
        return "it reaches over %d elements from %d on, but its storage has %d"
            .formatted(Math.max(span(), elements()), offset, storage.elements());
      }
    } catch (ArithmeticException e) {
      return "it has more elements than can be counted";
    }
    return null;
  }
}
