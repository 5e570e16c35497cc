package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Every command line of the documentation can be parsed; those in a block below {@code <!-- run
 * -->} are run, on the demo's model.
 */
class DocsCommandsTest {
  private static final String RUN = "<!-- run -->";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern PLACE =
      Pattern.compile("models/small|[\\w-]+\\.(txt|html|npy|csv|jsonl)");

  @TempDir Path folder;

  /** A command line and whether it is to be run. */
  private record Line(Path page, String text, boolean run) {
    @Override
    public String toString() {
      return page.getFileName() + ": " + text;
    }

    /** Its words, without the program, comment and redirections. */
    List<String> words() {
      List<String> words = new ArrayList<>();
      Matcher matcher =
          WORD.matcher(text.replaceFirst("\\s#.*", "").replaceFirst("\\s[<>|].*", ""));
      while (matcher.find()) {
        words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      }
      return words.subList(1, words.size());
    }
  }

  static List<Line> lines() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("../README.md")));
    try (Stream<Path> docs = Files.list(Path.of("../docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    List<Line> lines = new ArrayList<>();
    for (Path page : pages) {
      add(page, Files.readString(page).replace("\\\n", " "), lines);
    }
    return lines;
  }

  private static void add(Path page, String text, List<Line> lines) {
    boolean inside = false;
    boolean run = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("```")) {
        inside = !inside;
        run = run && inside;
      } else if (line.equals(RUN)) {
        run = true;
      } else if (inside && line.matches("(\\./)?electra .*")) {
        lines.add(new Line(page, line, run));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void everyCommandLineCanBeParsed(Line line) {
    Console console = TestConsole.silent();
    CommandLine.ParseResult parsed =
        CommandLines.of(console, new Interruption(console))
            .setExpandAtFiles(false)
            .parseArgs(
                line.words().stream().filter(word -> !word.startsWith("@")).toArray(String[]::new));
    assertTrue(parsed.hasSubcommand() || parsed.isUsageHelpRequested(), line.toString());
  }

  @Test
  void whatIsMarkedRuns() throws IOException {
    Files.move(
        DemoFiles.model(folder),
        Files.createDirectories(folder.resolve("models")).resolve("small"));
    Files.write(folder.resolve("article.txt"), List.of("the film was dull.", "a rude singer"));
    List<Line> marked = lines().stream().filter(Line::run).toList();
    assertTrue(marked.size() >= 10, () -> "lines to run: " + marked);
    for (Line line : marked) {
      Object[] words =
          line.words().stream()
              .map(word -> PLACE.matcher(word).matches() ? folder.resolve(word) : word)
              .toArray();
      Run.of(words).exits(ExitCode.OK);
    }
  }
}
