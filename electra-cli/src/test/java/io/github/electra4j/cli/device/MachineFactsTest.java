package io.github.electra4j.cli.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFactsTest {
  @Test
  void theMachineHasMemory() throws IOException {
    MachineFacts.Memory memory = MachineFacts.ofProcess().memory();
    assertTrue(memory.total() >= Runtime.getRuntime().totalMemory(), memory.toString());
    assertTrue(memory.free() > 0 && memory.free() < memory.total(), memory.toString());
    assertEquals(8, new MachineFacts.Memory(OptionalLong.of(8), 24, 1).most());
    assertEquals(24, new MachineFacts.Memory(OptionalLong.empty(), 24, 1).most());
  }

  @Test
  void aGpuIsUsableIfTheGuardLetsItCompute() {
    Gpu good = new Gpu(0, "A100", 8, 0, "535.104.05");
    Gpu tooNew = new Gpu(0, "H100", 9, 0, "535.104.05");
    Gpu old = new Gpu(0, "A100", 8, 0, "470.57.02");
    for (Gpu gpu : List.of(good, tooNew, old)) {
      DeviceGuard guard = new DeviceGuard(Backend.CUDA, () -> List.of(gpu), null);
      boolean lets = true;
      try {
        guard.require(Device.parse("auto"));
      } catch (DeviceException e) {
        lets = false;
      }
      assertEquals(lets, MachineFacts.found(gpu).usable(), gpu.toString());
      assertEquals(gpu.equals(good), lets);
    }
    assertTrue(MachineFacts.found(tooNew).described().contains("no code for it"));
    assertTrue(MachineFacts.found(old).remedy().contains("Install driver"));
  }

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
