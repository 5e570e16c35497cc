package io.github.electra4j.cli.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFactsTest {
  @Test
  void theLimitOfTheControlGroupIsReadFromTheFirstFileThatIsThere(@TempDir Path folder)
      throws IOException {
    Path first = folder.resolve("memory.max");
    Path second = Files.writeString(folder.resolve("limit_in_bytes"), "9223372036854771712\n");
    assertEquals(OptionalLong.empty(), MachineFacts.memoryLimit(List.of(first, second)));
    Files.writeString(first, "max\n");
    assertEquals(OptionalLong.empty(), MachineFacts.memoryLimit(List.of(first)));
    Files.writeString(first, "2147483648\n");
    assertEquals(OptionalLong.of(1L << 31), MachineFacts.memoryLimit(List.of(first, second)));
    assertEquals(OptionalLong.empty(), MachineFacts.memoryLimit(List.of()));
  }
}
