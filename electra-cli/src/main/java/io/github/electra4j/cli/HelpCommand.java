package io.github.electra4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code electra help}: the help of a command. */
@Command(name = "help", header = "Show the help of a command.", helpCommand = true)
@Examples({"electra help", "electra help finetune", "electra finetune --help"})
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..1",
      description = {"Command to explain.", "  Default: the list of commands"})
  private String command;

  /** Lets shells complete the commands that can be explained: all that there are by then. */
  static void offerAll(CommandLine all) {
    CommandSpec help = all.getSubcommands().get("help").getCommandSpec();
    PositionalParamSpec explained = help.positionalParameters().get(0);
    help.remove(explained);
    help.addPositional(
        explained.toBuilder().completionCandidates(all.getSubcommands().keySet()).build());
  }

  @Override
  public Integer call() {
    CommandLine all = spec.parent().commandLine();
    CommandLine explained = command == null ? all : all.getSubcommands().get(command);
    if (explained == null) {
      throw new ParameterException(all, UsageErrors.noCommand(all, command));
    }
    explained.usage(all.getOut());
    return ExitCode.OK;
  }
}
