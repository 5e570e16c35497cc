package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static CommandLine all() {
    Console console = TestConsole.silent();
    return CommandLines.of(console, new Interruption(console));
  }

  static Stream<String> commands() {
    return all().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpStartsWithThreeExamplesOfTheCommand(String command) {
    Run help = Run.of(command, "--help").exits(ExitCode.OK);
    assertEquals("", help.err());
    List<String> lines = help.lines();
    assertEquals("Examples:", lines.get(0));
    int examples = examples(lines).size();
    assertTrue(examples >= 3, help.out());
    assertEquals("", lines.get(examples + 1));
    assertTrue(usage(lines).startsWith("Usage: electra " + command), usage(lines));
  }

  /** The command lines at the top of a help. */
  private static List<String> examples(List<String> help) {
    return help.stream().skip(1).takeWhile(line -> line.startsWith("  electra ")).toList();
  }

  /** The line below the examples. */
  private static String usage(List<String> help) {
    return help.get(examples(help).size() + 2);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void examplesAreCommandLinesThatCanBeParsed(String command) {
    examples(Run.of(command, "--help").lines())
        .forEach(
            example -> {
              List<String> words = new ArrayList<>();
              Matcher matcher = WORD.matcher(example.replaceFirst("[<>].*", ""));
              while (matcher.find()) {
                words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
              }
              assertEquals("electra", words.remove(0));
              CommandLine.ParseResult parsed = all().parseArgs(words.toArray(String[]::new));
              boolean own =
                  command.equals("help")
                      || parsed.subcommand().commandSpec().name().equals(command);
              assertTrue(own, example);
            });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionIsShownWithItsDefaultUnderAHeading(String command) {
    String help = Run.of(command, "--help").out();
    for (OptionSpec option : all().getSubcommands().get(command).getCommandSpec().options()) {
      String name = option.longestName();
      assertTrue(
          help.contains(option.negatable() ? name.replaceFirst("--", "--[no-]") : name), name);
      boolean takesValue = option.arity().max() > 0;
      if (takesValue && !option.required() && option.group() == null) {
        String entry = entry(help, option);
        assertEquals(2, entry.split("Default: ", -1).length, entry);
        assertFalse(entry.matches("(?s).*Default: (\\[]|\\{}).*"), entry);
      }
    }
    assertTrue(help.contains("\nGeneral:\n"), help);
  }

  /** A line is as long as its words let it be, except before the default. */
  @ParameterizedTest
  @MethodSource("commands")
  void descriptionsAreBrokenWhereTheirColumnEnds(String command) {
    String help = Run.of(command, "--help").out();
    for (OptionSpec option : all().getSubcommands().get(command).getCommandSpec().options()) {
      List<String> lines = entry(help, option).lines().toList();
      for (int i = 1; i < lines.size(); i++) {
        String line = lines.get(i - 1);
        String next = lines.get(i).strip();
        boolean name = line.matches("\\s*(-\\w, |--\\S+, )?--\\S+");
        boolean full = line.length() + 1 + next.split(" ", 2)[0].length() > 99;
        assertTrue(name || full || next.startsWith("Default: "), () -> entry(help, option));
      }
    }
  }

  /** The lines of an option's description. */
  private static String entry(String help, OptionSpec option) {
    StringBuilder entry = new StringBuilder();
    boolean inside = false;
    for (String line : help.lines().toList()) {
      boolean first = line.matches("\\s+(-\\w, )?--.*");
      inside = inside ? !first && !line.isEmpty() : false;
      if (first && line.matches(".*" + option.longestName() + "(=.*|\\s.*|$)")) {
        inside = true;
      }
      if (inside) {
        entry.append(line).append('\n');
      }
    }
    return entry.toString();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatMustBeGivenStandsInTheUsageLine(String command) {
    CommandLine line = all().getSubcommands().get(command);
    String usage = usage(Run.of(command, "--help").lines());
    line.getCommandSpec().options().stream()
        .filter(OptionSpec::required)
        .forEach(option -> assertTrue(usage.contains(option.longestName() + "="), usage));
    line.getCommandSpec()
        .positionalParameters()
        .forEach(parameter -> assertTrue(usage.contains(parameter.paramLabel()), usage));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpCommandShowsTheSameAsTheOption(String command) {
    assertEquals(Run.of(command, "--help"), Run.of("help", command));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsIntoAHundredColumnsOfPlainText(String command) {
    for (String line : Run.of("help", command).lines()) {
      assertTrue(line.length() <= 101, line);
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
    }
  }

  @Test
  void theListOfCommandsDescribesEachInOneLine() {
    Run help = Run.of("--help").exits(ExitCode.OK);
    assertEquals(help, Run.of("help"));
    assertEquals("", help.err());
    List<String> lines = help.lines();
    assertEquals("Examples:", lines.get(0));
    assertEquals("  electra demo", lines.get(1));
    int start = lines.indexOf("Commands:");
    all()
        .getSubcommands()
        .forEach(
            (name, line) ->
                assertTrue(
                    lines
                        .subList(start, lines.size())
                        .contains(
                            "  %-11s  %s"
                                .formatted(name, line.getCommandSpec().usageMessage().header()[0])),
                    name));
  }

  @Test
  void withoutACommandTheHelpGoesToStandardErrorAndTheCodeSaysUsage() {
    Run run = Run.of().exits(ExitCode.USAGE);
    assertEquals("", run.out());
    assertEquals(Run.of("--help").out(), run.err());
  }

  @Test
  void versionNamesTheProjectJavaAndNd4j() {
    for (String option : List.of("--version", "-V")) {
      Run run = Run.of(option).exits(ExitCode.OK);
      assertEquals("", run.err());
      assertEquals(2, run.lines().size());
      assertTrue(run.lines().get(0).matches("electra \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), run.out());
      assertTrue(run.lines().get(1).contains(Runtime.version().toString()), run.out());
      assertTrue(run.lines().get(1).endsWith("ND4J 1.0.0-M2.1"), run.out());
    }
  }

  @Test
  void mistakesAreNamedInAFewLinesThatPointAtTheHelp() {
    Map<List<String>, String> mistakes =
        Map.of(
            List.of("tokeniz"), "There is no command \"tokeniz\"; known: demo, init",
            List.of("help", "foo"), "There is no command \"foo\"; known: demo, init",
            List.of("convert", "a", "b", "--overwirte"), "Unknown option: '--overwirte'",
            List.of("convert", "a", "b", "c"), "There is an argument too many: \"c\".",
            List.of("convert", "a"), "Missing required parameter: 'OUTPUT'",
            List.of("convert", "a", "b", "--to", "caffe"), "Invalid value for option '--to'",
            List.of("finetune", "m"), "Missing required option",
            List.of("demo", "--seed", "many"), "Invalid value for option '--seed'",
            List.of("tokenize", "--text", "a"), "(specify one of these)");
    mistakes.forEach(
        (args, message) -> {
          Run run = Run.of(args.toArray()).refuses(ExitCode.USAGE, "error: ", message);
          List<String> lines = run.err().lines().toList();
          assertTrue(lines.size() <= 3, run.err());
          assertTrue(lines.get(lines.size() - 1).matches("Try: electra.* --help"), run.err());
        });
    Run.of("convert", "a", "b", "--dtype", "int3")
        .refuses(ExitCode.USAGE, "expected one of [float32, float16, ");
    assertTrue(Run.of("tokeniz").err().contains("Did you mean: electra tokenize"));
    assertTrue(
        Run.of("convert", "a", "b", "--overwirte").err().contains("Possible solutions: --over"));
  }

  @Test
  void optionsMayBeShortenedWhileTheyAreUnambiguous() {
    CommandLine.ParseResult parsed =
        all()
            .parseArgs(
                "finetune", "m", "--task", "sst", "--da=glue", "--out", "run", "--learn", "1e-3");
    assertEquals(1e-3, parsed.subcommand().matchedOptionValue("--learning-rate", 0.0));
    Run.of("finetune", "m", "--task", "sst", "--data", "d", "--output", "o", "--l", "1")
        .refuses(ExitCode.USAGE, "--l", "--label-column", "--layerwise-decay", "--limit");
  }

  @Test
  void accentsMayBeStrippedOrNot() {
    for (boolean strip : new boolean[] {true, false}) {
      CommandLine.ParseResult parsed =
          all().parseArgs("convert", "a", "b", strip ? "--strip-accents" : "--no-strip-accents");
      assertEquals(strip, parsed.subcommand().matchedOptionValue("--strip-accents", !strip));
    }
    assertFalse(
        all().parseArgs("convert", "a", "b").subcommand().hasMatchedOption("--strip-accents"));
    assertTrue(
        Arrays.stream(Run.of("help", "convert").out().split("\n"))
            .anyMatch(line -> line.contains("--[no-]strip-accents")));
  }
}
