package io.github.electra4j.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code electra completion}: a script that completes command lines. */
@Command(
    name = "completion",
    header = "Print a script by which a shell completes commands and options.",
    description = {
      "For bash 4 and zsh; one script serves both. It completes electra and ./electra in the shell",
      "that reads it; put the line that does so into ~/.bashrc or ~/.zshrc."
    })
@Examples({
  "electra completion bash > electra-completion",
  "electra completion zsh > ~/.electra-completion",
  "electra completion --help"
})
@OptionGroup(OptionGroup.INPUT)
final class CompletionCommand implements Callable<Integer> {
  private static final Pattern VALUES = Pattern.compile("(_option_args=)(\\([^)]*\\))");
  private static final List<String> SHELLS = List.of("bash", "zsh");

  private final Console console;

  @Spec private CommandSpec spec;

  /** Their names. */
  static final class Shells implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SHELLS.iterator();
    }
  }

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Shells.class,
      description = "bash or zsh.")
  private String shell;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell.toLowerCase(Locale.ROOT))) {
      throw new WrongUsageException(
          "There is no completion for %s; use bash or zsh.".formatted(shell));
    }
    console.dataBlock(asDocumented(AutoComplete.bash("electra", spec.root().commandLine())));
    return ExitCode.OK;
  }

  /** Values are taken in upper and lower case; what is offered is what the help shows. */
  private static String asDocumented(String script) {
    return VALUES
        .matcher(script)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(1) + found.group(2).toLowerCase(Locale.ROOT)));
  }
}
