package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceArgumentsTest {
  @Test
  void exactlyTheCommandsThatComputeHaveADevice() {
    Console console = TestConsole.silent();
    Set<String> having = new TreeSet<>();
    CommandLines.of(console, new Interruption(console))
        .getSubcommands()
        .forEach(
            (name, line) -> {
              if (line.getCommandSpec().findOption("--device") != null) {
                having.add(name);
              }
            });
    assertEquals(new TreeSet<>(DeviceArguments.COMPUTING), having);
  }

  @Test
  void theLauncherAddsTheVectorApiForTheSameCommands() throws IOException {
    String list = String.join(" | ", DeviceArguments.COMPUTING);
    assertTrue(Files.readString(Path.of("../electra")).contains("  " + list + ") computes=1 ;;"));
  }

  @ParameterizedTest
  @CsvSource({
    "gpu, 2, '--device is \"gpu\"; use auto'",
    "cuda, 1, was built for the CPU",
    "cuda:1, 1, ./mvnw -Pcuda",
  })
  void aDeviceThatCannotComputeIsRefusedBeforeAnythingIsRead(
      String device, int code, String message) {
    Run.of("predict", "no-such-model", "--text", "a", "--device", device).refuses(code, message);
  }

  @Test
  void theDeviceOfTheProgramIsAccepted() {
    Run.of("predict", "no-such-model", "--text", "a", "--device=cpu")
        .refuses(ExitCode.BAD_INPUT, "no-such-model does not exist");
  }
}
