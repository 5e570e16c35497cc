package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  private static final double LEAST_GAIN = 10;

  @TempDir Path folder;

  /** The whole way in its short form; what the models learn to the end is for the long one. */
  @Test
  void preTrainingHelpsAtEveryTaskAndWhatIsMadeCanBeUsed() throws IOException {
    Path output = folder.resolve("new/demo");
    Run run = Run.of("demo", "--quick", "--output", output).exits(ExitCode.OK);
    assertTrue(run.err().contains("equal to the bit"), run.err());
    List<String> rows = run.lines().subList(2, run.lines().size());
    assertEquals(3, rows.size(), run.out());
    for (String row : rows) {
      double gain = Double.parseDouble(row.split("\\|", -1)[5].trim());
      assertTrue(gain > LEAST_GAIN, () -> "gain " + gain + " in\n" + run.out());
      assertEquals("1 of 1", row.split("\\|", -1)[6].trim(), row);
    }
    String report = Files.readString(output.resolve("report.html"));
    assertTrue(report.contains("<svg") && report.contains("class=\"suspicion\""), report);
    assertTrue(report.contains("<th>pre-trained</th>"), report);
    List<String> commands =
        run.err().lines().filter(line -> line.startsWith("  ./electra ")).toList();
    assertEquals(5, commands.size(), run.err());
    for (String command : commands.subList(0, 3)) {
      assertTrue(!run(command).exits(ExitCode.OK).out().isBlank(), command);
    }
    Path back = folder.resolve("back");
    Run.of("convert", output.resolve("tensorflow"), back).exits(ExitCode.OK);
    Run.of("verify", back, output.resolve("model")).exits(ExitCode.OK);
  }

  /** Runs a command line as the demo prints it. */
  private static Run run(String command) {
    String[] parts = command.trim().split("\"", -1);
    List<Object> words = new ArrayList<>(Arrays.asList(parts[0].trim().split(" ", -1)));
    if (parts.length > 1) {
      words.add(parts[1]);
    }
    return Run.of(words.subList(1, words.size()).toArray());
  }

  @Test
  void aDemoThatIsStoppedLeavesNothing() throws IOException {
    var before = DemoFiles.snapshot(folder);
    Path output = folder.resolve("stopped");
    Run run = Run.interruptedAt("3. Pre-train", "demo", "--quick", "--output", output);
    assertTrue(run.exits(ExitCode.INTERRUPTED).err().contains("nothing of it is left"), run.err());
    assertEquals(before, DemoFiles.snapshot(folder));
  }

  @Test
  void anExistingFolderIsLeftAlone() throws IOException {
    var before = DemoFiles.snapshot(folder);
    Run.of("demo", "--output", folder).refuses(ExitCode.BAD_INPUT, "makes a new folder");
    assertEquals(before, DemoFiles.snapshot(folder));
  }
}
