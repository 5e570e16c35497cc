package io.github.electra4j.convert.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class KerasWriterTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFinishedFileIsAlone() throws IOException {
    try (KerasWriter writer = KerasWriter.create(folder.resolve("a.h5"))) {
      assertEquals(List.of("a.h5", "a.h5.room"), names());
      writer.add("layer", "kernel:0", Nd4j.ones(3, 4));
      writer.finish();
    }
    assertEquals(List.of("a.h5"), names());
  }

  /** On a full disk it must, so that HDF5 has room for its tables when the file is closed. */
  @Test
  void aFileThatIsGivenUpTakesNoRoom() throws IOException {
    try (KerasWriter writer = KerasWriter.create(folder.resolve("a.h5"))) {
      writer.add("layer", "kernel:0", Nd4j.ones(512, 1024));
      assertTrue(Files.size(folder.resolve("a.h5")) > 2_000_000);
    }
    assertEquals(List.of("a.h5"), names());
    assertTrue(Files.size(folder.resolve("a.h5")) < 100_000, "nothing but tables");
    try (KerasWriter other = KerasWriter.create(folder.resolve("b.h5"))) {
      other.add("layer", "kernel:0", Nd4j.ones(2));
      other.finish();
    }
  }

  @Test
  void aFileThatCannotBeMadeLeavesNothing() throws IOException {
    Files.writeString(folder.resolve("a.h5"), "somebody's");
    IOException e =
        assertThrows(IOException.class, () -> KerasWriter.create(folder.resolve("a.h5")));
    assertTrue(e.getMessage().contains("HDF5 cannot create"), e.getMessage());
    assertEquals(List.of("a.h5"), names());
    assertEquals("somebody's", Files.readString(folder.resolve("a.h5")));
  }
}
