package io.github.electra4j.cli;

import io.github.electra4j.eval.Versions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a sub-command: help and version. */
@Command(
    name = "electra",
    header = "ELECTRA for the JVM: import published checkpoints, fine-tune, evaluate, predict.",
    versionProvider = ElectraCommand.Version.class,
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "electra help COMMAND explains a command. Options may be shortened as long as they are",
      "unambiguous. Exit codes: 0 done, 1 failure, 2 wrong usage, 3 bad input or checkpoint, 4"
          + " below",
      "--fail-under, 130 interrupted with everything saved. Data goes to standard output, talk to",
      "standard error."
    })
@Examples({
  "electra demo",
  "electra convert electra_small.zip models/small",
  "electra finetune models/small --task sst --data glue --output runs/sst"
})
@OptionGroup(OptionGroup.GENERAL)
@SuppressWarnings("UnusedVariable") // help and version are read by picocli alone
final class ElectraCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of electra4j, Java and ND4J.")
  private boolean version;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where an error came from.")
  private boolean stackTrace;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show what the libraries log, too.")
  private boolean verbose;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "Show results and errors alone, no progress and no remarks.")
  private boolean quiet;

  ElectraCommand(Console console) {
    this.console = console;
  }

  /** One object per sub-command, in the order of the help. */
  static List<Object> commands(Console console, Interruption interruption) {
    return List.of(
        new DemoCommand(console, interruption),
        new InitCommand(console),
        new DownloadCommand(console),
        new ConvertCommand(console),
        new InspectCommand(console),
        new VerifyCommand(console),
        new TokenizeCommand(console),
        new BuildVocabCommand(console),
        new PrepareCommand(console, interruption),
        new PretrainCommand(console, interruption),
        new FlopsCommand(console),
        new FinetuneCommand(console, interruption),
        new EvaluateCommand(console),
        new PredictCommand(console),
        new DetectCommand(console),
        new FillMaskCommand(console),
        new GenerateCommand(console),
        new EmbedCommand(console),
        new RankCommand(console),
        new ServeCommand(console, interruption),
        new ScoreCommand(console),
        new CompareCommand(console),
        new SubmitCommand(console),
        new ActivationsCommand(console),
        new DoctorCommand(console),
        new CompletionCommand(console),
        new HelpCommand());
  }

  /** Whether the user asked for stack traces. */
  static boolean wantsStackTrace(CommandLine command) {
    CommandLine root = command;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return ((ElectraCommand) root.getCommand()).stackTrace;
  }

  /** Makes talk as loud as the user wants it, before the command, and ND4J with it, starts. */
  void setLoudness() {
    if (verbose && quiet) {
      throw new WrongUsageException("Give --verbose or --quiet, not both.");
    }
    console.setQuiet(quiet);
    if (verbose) { // read when the first logger is made
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
      System.setProperty("org.nd4j.log.initialization", "true");
    }
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err(), console.colours() ? Ansi.ON : Ansi.OFF);
    return ExitCode.USAGE;
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "electra " + Versions.current().project(),
        "Java %s, ND4J %s".formatted(Versions.current().java(), Versions.current().nd4j())
      };
    }
  }
}
