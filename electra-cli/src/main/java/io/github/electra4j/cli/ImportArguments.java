package io.github.electra4j.cli;

import io.github.electra4j.convert.ImportOptions;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a foreign checkpoint is taken over. */
@OptionGroup(OptionGroup.INPUT)
final class ImportArguments {
  @Mixin private SourceArguments place;

  @Mixin private HeadArguments heads;

  @Option(
      names = "--from-bert",
      description = "Take a BERT checkpoint as an encoder: rename bert/, leave pooler and heads.")
  private boolean fromBert;

  @Option(
      names = "--ignore",
      paramLabel = "PATTERN",
      showDefaultValue = Visibility.NEVER,
      description = {
        "Leave tensors of this name out; * stands for anything. May be repeated.",
        "  Default: none"
      })
  private List<String> ignore = List.of();

  @Option(names = "--cased", description = "The vocabulary is for text in upper and lower case.")
  private boolean cased;

  @Mixin private AccentArguments accents;

  @Option(
      names = "--smaller-vocab",
      description = "The vocabulary may have fewer pieces than the model has rows.")
  private boolean smallerVocabulary;

  /** Whether a BERT checkpoint is taken as an encoder. */
  boolean fromBert() {
    return fromBert;
  }

  /** What was given, without the optimizer. */
  ImportOptions options() {
    return new ImportOptions(
        place.place(),
        place.hints(),
        false,
        fromBert,
        ignore,
        heads.hints(),
        !cased,
        accents.strip(),
        smallerVocabulary);
  }
}
