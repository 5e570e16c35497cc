package io.github.electra4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.model.TensorSpec.Initializer;
import org.junit.jupiter.api.Test;

class TensorSpecTest {
  @Test
  void equalShapesMakeEqualSpecs() {
    TensorSpec spec = TensorSpec.trainable("a/kernel", Initializer.ZEROS, 2, 3);
    assertEquals(spec, TensorSpec.trainable("a/kernel", Initializer.ZEROS, 2, 3));
    assertEquals(
        spec.hashCode(), TensorSpec.trainable("a/kernel", Initializer.ZEROS, 2, 3).hashCode());
    assertNotEquals(spec, TensorSpec.trainable("a/kernel", Initializer.ZEROS, 3, 2));
    assertNotEquals(spec, TensorSpec.trainable("a/kernel", Initializer.ONES, 2, 3));
    assertNotEquals(spec, TensorSpec.trainable("b/kernel", Initializer.ZEROS, 2, 3));
    assertNotEquals(spec, TensorSpec.state("a/kernel", 2, 3));
    assertFalse(TensorSpec.state("a/kernel", 2, 3).trainable());
  }

  @Test
  void theShapeCannotBeChangedFromOutside() {
    long[] shape = {2, 3};
    TensorSpec spec = TensorSpec.state("a", shape);
    shape[0] = 9;
    spec.shape()[1] = 9;
    assertArrayEquals(new long[] {2, 3}, spec.shape());
    assertEquals(6, spec.elements());
    assertEquals("a [2, 3]", spec.toString());
  }

  @Test
  void aScalarHasOneElement() {
    assertEquals(1, TensorSpec.state("global_step").elements());
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> TensorSpec.state(" ", 1));
    assertThrows(IllegalArgumentException.class, () -> TensorSpec.state("a", 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> TensorSpec.trainable("a", Initializer.GLOROT_UNIFORM, 3));
    assertThrows(
        ArithmeticException.class, () -> TensorSpec.state("a", Long.MAX_VALUE, 2).elements());
  }
}
