package io.github.electra4j.cli;

import io.github.electra4j.cli.device.Device;
import io.github.electra4j.cli.device.DeviceGuard;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Where a command computes; every command that computes has it, and none that does not. */
@OptionGroup(OptionGroup.GENERAL)
final class DeviceArguments {
  private static final String MIXIN = "device";

  /** The commands that run a network. */
  static final List<String> COMPUTING =
      List.of(
          "demo",
          "verify",
          "pretrain",
          "finetune",
          "evaluate",
          "predict",
          "detect",
          "fill-mask",
          "generate",
          "embed",
          "rank",
          "serve",
          "activations");

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, cuda or cuda:N; the program is built for one of both.")
  private String device;

  /** Gives the option to every command that computes. */
  static void addTo(CommandLine line) {
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              if (COMPUTING.contains(name)) {
                command
                    .getCommandSpec()
                    .addMixin(MIXIN, CommandSpec.forAnnotatedObject(new DeviceArguments()));
              }
            });
  }

  /**
   * Sets the loudness, checks the device of a command, which has not started ND4J, then runs it.
   */
  static IExecutionStrategy checked(Console console, DeviceGuard guard) {
    return parsed -> {
      CommandLine root = parsed.commandSpec().commandLine();
      try {
        ((ElectraCommand) root.getCommand()).setLoudness();
      } catch (WrongUsageException e) {
        throw new ExecutionException(root, e.getMessage(), e);
      }
      ParseResult last = parsed;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      CommandSpec mixin = last.commandSpec().mixins().get(MIXIN);
      if (mixin != null && !last.isUsageHelpRequested()) {
        check(last.commandSpec(), (DeviceArguments) mixin.userObject(), console, guard);
      }
      return new CommandLine.RunLast().execute(parsed);
    };
  }

  private static void check(
      CommandSpec command, DeviceArguments wanted, Console console, DeviceGuard guard) {
    try {
      Device device = WrongUsageException.unlessUsable(() -> Device.parse(wanted.device));
      guard.require(device).ifPresent(console::say);
    } catch (RuntimeException e) {
      throw new ExecutionException(command.commandLine(), e.getMessage(), e);
    }
  }
}
