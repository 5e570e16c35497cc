package io.github.electra4j.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TensorAssertTest {
  @Test
  void aWrongElementIsNamed() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> TensorAssert.assertWithin("x", new double[] {1, 2}, new double[] {1, 2.5}, 0.1));
    assertTrue(error.getMessage().contains("element 1 of 2"), error.getMessage());
  }

  @Test
  void notANumberNeverPasses() {
    assertThrows(
        AssertionError.class,
        () -> TensorAssert.assertWithin("x", new double[] {1}, new double[] {Double.NaN}, 10));
  }

  @Test
  void relativeToleranceScalesWithTheLargestMagnitude() {
    TensorAssert.assertRelative("x", new double[] {1000, 0}, new double[] {1000, 0.05}, 1e-4);
    assertThrows(
        AssertionError.class,
        () -> TensorAssert.assertRelative("x", new double[] {1, 0}, new double[] {1, 0.05}, 1e-4));
  }

  @Test
  void differentLengthsFail() {
    assertThrows(
        AssertionError.class,
        () -> TensorAssert.assertWithin("x", new double[2], new double[1], 1));
  }
}
