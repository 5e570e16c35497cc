package io.github.electra4j.cli;

import io.github.electra4j.eval.Versions;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a sub-command: help and version. */
@Command(
    name = "electra",
    headerHeading = "Examples:%n",
    header = {
      "  electra demo",
      "  electra convert electra_small.zip models/small",
      "  electra finetune models/small --task sst --data glue --output runs/sst%n"
    },
    description =
        "ELECTRA for the JVM: import published checkpoints, fine-tune, evaluate, predict.",
    versionProvider = ElectraCommand.Version.class,
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Exit codes: 0 done, 1 failure, 2 wrong usage, 3 bad input or checkpoint,",
      "130 interrupted with everything saved. Data goes to standard output, talk to standard error."
    })
@SuppressWarnings("UnusedVariable") // help and version are read by picocli alone
final class ElectraCommand implements Runnable {
  private static final String STACK_TRACE = "--stacktrace";

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
      names = STACK_TRACE,
      scope = ScopeType.INHERIT,
      description = "Show where an error came from.")
  private boolean stackTrace;

  /** One object per sub-command, in the order of the help. */
  static List<Object> commands(Console console, Interruption interruption) {
    return List.of(
        new DemoCommand(console),
        new InitCommand(console),
        new ConvertCommand(console),
        new InspectCommand(console),
        new TokenizeCommand(console),
        new FinetuneCommand(console, interruption),
        new EvaluateCommand(console),
        new PredictCommand(console),
        new ActivationsCommand(console));
  }

  /** Whether the user asked for stack traces. */
  static boolean wantsStackTrace(CommandLine command) {
    CommandLine root = command;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return ((ElectraCommand) root.getCommand()).stackTrace;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
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
