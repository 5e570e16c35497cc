package io.github.electra4j.convert.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** Files of Keras whose tables lie. */
class HostileKerasTest {
  @TempDir Path folder;

  @Test
  void weightsThatLieOnOneAnotherAreRefused() throws IOException {
    Path file = folder.resolve("a.h5");
    try (KerasWriter writer = KerasWriter.create(file)) {
      writer.add("layer", "one:0", Nd4j.ones(30, 40));
      writer.add("layer", "two:0", Nd4j.ones(30, 40));
      writer.finish();
    }
    Map<String, KerasDataset> table = KerasTable.read(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int changed = 0;
    for (int at = 0; at + 8 <= bytes.limit(); at++) {
      if (bytes.getLong(at) == table.get("two:0").data()) {
        bytes.putLong(at, table.get("one:0").data() + 4);
        changed++;
      }
    }
    assertEquals(1, changed, "places with the address of the second");
    Files.write(file, bytes.array());
    String message =
        assertThrows(MalformedFileException.class, () -> KerasTable.read(file)).getMessage();
    assertTrue(message.contains("weight two:0 begins inside weight one:0"), message);
    assertTrue(message.contains("a.h5"), message);
  }
}
