package io.github.electra4j.convert.samediff;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SameDiffExportTest {
  /** FlatBuffers doubles its buffer and cannot double one of 1 GiB. */
  @Test
  void baseFitsIntoAFileAndLargeDoesNot() {
    assertDoesNotThrow(() -> SameDiffExport.requireRoom(119_400_000));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> SameDiffExport.requireRoom(335_100_000));
    assertTrue(refusal.getMessage().contains("at most 251658240"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("onnx"), refusal.getMessage());
  }
}
