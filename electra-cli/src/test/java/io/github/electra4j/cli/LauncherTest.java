package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code electra} in a checkout whose build and Java are stand-ins. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  @TempDir Path checkout;

  @Test
  void fetchesTheLibraryForThisProcessorInTheVersionOfThePlainOne() throws Exception {
    script("mvnw", "echo \"$*\" >> builds.txt");
    script("jdk/bin/java", "echo \"$*\" > started.txt");
    Files.createDirectories(checkout.resolve("electra-cli/src/main"));
    Path libraries = Files.createDirectories(checkout.resolve("electra-cli/target/lib"));
    Files.createFile(libraries.resolve("nd4j-native-1.2.3-M4.jar"));
    Files.createFile(libraries.resolve("nd4j-native-1.2.3-M4-linux-x86_64.jar"));
    Files.createFile(libraries.resolve("nd4j-native-preset-1.2.3-M4-linux-x86_64.jar"));

    launch("--version");

    List<String> builds = Files.readAllLines(checkout.resolve("builds.txt"));
    List<String> fetched =
        builds.stream()
            .skip(1)
            .map(build -> build.replaceAll(".* -Dartifact=(\\S+) .*", "$1"))
            .toList();
    assertEquals(
        processorsBuild().stream()
            .map(build -> "org.nd4j:nd4j-native:1.2.3-M4:jar:linux-x86_64-" + build)
            .toList(),
        fetched);
    assertEquals(
        "--version",
        Files.readString(checkout.resolve("started.txt")).strip().replaceAll(".* ", ""));
  }

  /** ND4J's build for this processor; none if the plain one is the right one. */
  private static List<String> processorsBuild() throws IOException {
    String flags =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .orElse("");
    List<String> known = List.of(flags.split("\\s+"));
    if (known.contains("avx512f")) {
      return List.of("avx512");
    }
    return known.contains("avx2") ? List.of("avx2") : List.of();
  }

  private void launch(String argument) throws Exception {
    Path launcher = checkout.resolve("electra");
    Files.copy(Path.of("../electra"), launcher);
    Path link = Files.createDirectory(checkout.resolve("bin")).resolve("electra");
    Files.createSymbolicLink(link, launcher);
    ProcessBuilder start =
        new ProcessBuilder("sh", link.toString(), argument)
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .redirectOutput(checkout.resolve("output.txt").toFile());
    start.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
    Process process = start.start();
    assertEquals(true, process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), Files.readString(checkout.resolve("output.txt")));
  }

  private void script(String name, String line) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    file.toFile().setExecutable(true);
  }
}
