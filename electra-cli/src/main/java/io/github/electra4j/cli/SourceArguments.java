package io.github.electra4j.cli;

import io.github.electra4j.convert.ArchitectureHints;
import io.github.electra4j.convert.SourceOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a user may have to say about a foreign checkpoint. */
final class SourceArguments {
  @Option(
      names = "--bundle",
      paramLabel = "NAME",
      description = "Which of several TensorFlow checkpoints, e.g. model.ckpt-1000000.")
  private String bundle;

  @Option(
      names = "--vocab",
      paramLabel = "FILE",
      description = "Vocabulary; otherwise vocab.txt beside the checkpoint.")
  private Path vocabulary;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "JSON with the architecture: bert_config.json, HuggingFace's config.json, or the settings"
              + " of a pre-training run.")
  private Path config;

  @Option(
      names = "--attention-heads",
      paramLabel = "N",
      description = "Heads per layer, which the tensors do not tell; otherwise one per 64 units.")
  private Integer attentionHeads;

  @Option(
      names = "--generator-attention-heads",
      paramLabel = "N",
      description = "Heads per layer of the generator; otherwise one per 64 units.")
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
      hints = hints.withAttentionHeads(attentionHeads);
    }
    return generatorAttentionHeads == null
        ? hints
        : hints.withGeneratorAttentionHeads(generatorAttentionHeads);
  }
}
