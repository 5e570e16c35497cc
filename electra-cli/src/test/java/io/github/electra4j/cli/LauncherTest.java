package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    launch("--version", 0);

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

  @Test
  void theFirstStartBuildsTheProgramAloneAndSaysWhatItDoes() throws Exception {
    script(
        "mvnw",
        """
        echo "$*" >> builds.txt
        echo 'mvnw: something unusual'
        echo '[INFO] Scanning for projects...'
        echo '[INFO] Building electra-tokenizer 0.1.0-SNAPSHOT                        [1/9]'
        echo '[WARNING] of no interest'
        echo '    at its.trace'
        echo '[ERROR] of interest'
        echo '    at this.trace'
        mkdir -p electra-cli/target""");
    script("jdk/bin/java", "echo started > started.txt");
    String talk = launch("--version", 0);
    String build = Files.readAllLines(checkout.resolve("builds.txt")).get(0);
    assertTrue(build.contains("-Dmaven.test.skip=true"), build);
    assertTrue(build.contains("!lint"), build);
    List<String> lines = talk.lines().toList();
    assertTrue(
        lines.get(0).matches(".*building .*, once: about \\d+ MB .* about \\d+ minutes .*"), talk);
    assertEquals(
        List.of(
            "mvnw: something unusual",
            "electra:   1/9 electra-tokenizer",
            "[ERROR] of interest",
            "    at this.trace"),
        lines.subList(1, 5),
        talk);
    assertTrue(Files.exists(checkout.resolve("started.txt")), talk);
  }

  @Test
  void aBuildThatFailsStartsNothing() throws Exception {
    script("mvnw", "echo '[ERROR] no network'; exit 1");
    script("jdk/bin/java", "echo started > started.txt");
    String talk = launch("--version", 1);
    assertTrue(talk.contains("[ERROR] no network"), talk);
    assertTrue(talk.contains("electra: the build failed"), talk);
    assertFalse(Files.exists(checkout.resolve("started.txt")), talk);
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

  /** What it says. */
  private String launch(String argument, int code) throws Exception {
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
    String output = Files.readString(checkout.resolve("output.txt"));
    assertEquals(code, process.exitValue(), output);
    return output;
  }

  private void script(String name, String line) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    file.toFile().setExecutable(true);
  }
}
