package io.github.electra4j.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether accents are removed from text. */
@OptionGroup(OptionGroup.INPUT)
final class AccentArguments {
  @Option(
      names = "--strip-accents",
      negatable = true,
      description = {
        "Remove accents from text, or keep them.",
        "  Default: remove them exactly if not --cased"
      })
  private Boolean strip;

  /** What was asked for, if anything. */
  Optional<Boolean> strip() {
    return Optional.ofNullable(strip);
  }
}
