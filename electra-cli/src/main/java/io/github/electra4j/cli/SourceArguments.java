package io.github.electra4j.cli;

import io.github.electra4j.convert.ArchitectureHints;
import io.github.electra4j.convert.SourceOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a user may have to say about a foreign checkpoint. */
@OptionGroup(OptionGroup.INPUT)
final class SourceArguments {
  private static final String HEADS = "--attention-heads";
  private static final String GENERATOR_HEADS = "--generator-attention-heads";

  @Option(
      names = "--bundle",
      paramLabel = "NAME",
      description = {
        "Which of several TensorFlow checkpoints, e.g. model.ckpt-1000000.",
        "  Default: the one that the file named checkpoint points to, or the only one"
      })
  private String bundle;

  @Option(
      names = "--vocab",
      paramLabel = "FILE",
      description = {"Vocabulary.", "  Default: vocab.txt beside the checkpoint"})
  private Path vocabulary;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "JSON with the architecture: bert_config.json, HuggingFace's config.json, or the settings of"
            + " a pre-training run.",
        "  Default: such a file beside the checkpoint"
      })
  private Path config;

  @Option(
      names = HEADS,
      paramLabel = "N",
      description = {
        "Heads per layer, which the tensors do not tell.",
        "  Default: as the configuration says, otherwise one per 64 units"
      })
  private Integer attentionHeads;

  @Option(
      names = GENERATOR_HEADS,
      paramLabel = "N",
      description = {
        "Heads per layer of the generator.",
        "  Default: as the configuration says, otherwise one per 64 units"
      })
  private Integer generatorAttentionHeads;

  /** Where things are. */
  SourceOptions place() {
    return new SourceOptions(
        Optional.ofNullable(bundle), Optional.ofNullable(vocabulary), Optional.ofNullable(config));
  }

  /** What is known about the architecture. */
  ArchitectureHints hints() {
    ArchitectureHints hints = ArchitectureHints.none();
    if (attentionHeads != null) {
      WrongUsageException.requirePositive(HEADS, attentionHeads);
      hints = hints.withAttentionHeads(attentionHeads);
    }
    if (generatorAttentionHeads != null) {
      WrongUsageException.requirePositive(GENERATOR_HEADS, generatorAttentionHeads);
      hints = hints.withGeneratorAttentionHeads(generatorAttentionHeads);
    }
    return hints;
  }
}
