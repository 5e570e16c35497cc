package io.github.electra4j.convert;

import io.github.electra4j.model.ElectraConfig;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known about a checkpoint besides its tensors. The number of attention heads leaves no
 * trace in the tensors; without a hint it is one per 64 hidden units and at least one, as in
 * google-research/electra.
 *
 * @param attentionHeads heads per layer of the discriminator's encoder
 * @param generatorAttentionHeads heads per layer of a generator of its own
 * @param reference a configuration that came with the checkpoint: heads, dropout and initializer
 *     range are taken from it, and its sizes must not contradict the tensors. A generator or a head
 *     that it mentions need not be in the checkpoint
 */
public record ArchitectureHints(
    OptionalInt attentionHeads,
    OptionalInt generatorAttentionHeads,
    Optional<ElectraConfig> reference) {

  /** Checks the numbers. */
  public ArchitectureHints {
    requirePositive("attentionHeads", attentionHeads);
    requirePositive("generatorAttentionHeads", generatorAttentionHeads);
    Objects.requireNonNull(reference, "reference");
  }

  /** Nothing is known but the tensors. */
  public static ArchitectureHints none() {
    return new ArchitectureHints(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
  }

  /** The same, with this number of heads in the discriminator's encoder, at least 1. */
  public ArchitectureHints withAttentionHeads(int heads) {
    return new ArchitectureHints(OptionalInt.of(heads), generatorAttentionHeads, reference);
  }

  /** The same, with this number of heads in the generator's encoder, at least 1. */
  public ArchitectureHints withGeneratorAttentionHeads(int heads) {
    return new ArchitectureHints(attentionHeads, OptionalInt.of(heads), reference);
  }

  /** The same, with this configuration beside the tensors. */
  public ArchitectureHints withReference(ElectraConfig config) {
    return new ArchitectureHints(attentionHeads, generatorAttentionHeads, Optional.of(config));
  }

  private static void requirePositive(String field, OptionalInt value) {
    if (value.isPresent() && value.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "ArchitectureHints.%s is %d; it must be at least 1".formatted(field, value.getAsInt()));
    }
  }
}
