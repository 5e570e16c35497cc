package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command line of the documentation can be parsed as it stands there. */
class DocsCommandsTest {
  static List<DocsLine> lines() throws IOException {
    List<DocsLine> lines = new ArrayList<>();
    for (Path page : DocsLine.pages()) {
      lines.addAll(DocsLine.of(page));
    }
    return lines;
  }

  @ParameterizedTest
  @MethodSource("lines")
  void everyCommandLineCanBeParsed(DocsLine line) {
    Console console = TestConsole.silent();
    CommandLine.ParseResult parsed =
        CommandLines.of(console, new Interruption(console))
            .setExpandAtFiles(false)
            .parseArgs(
                DocsLine.words(line.command()).stream()
                    .filter(word -> !word.startsWith("@"))
                    .toArray(String[]::new));
    assertTrue(parsed.hasSubcommand() || parsed.isUsageHelpRequested(), line.toString());
  }
}
