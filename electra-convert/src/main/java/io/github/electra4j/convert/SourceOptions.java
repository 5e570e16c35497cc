package io.github.electra4j.convert;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What the user says about the place of a checkpoint where it is not evident.
 *
 * @param bundle which of several bundles: its name without extension, or its path below the folder
 *     or archive, e.g. {@code model.ckpt-1000000}; or which weight file of a folder of
 *     HuggingFace's, e.g. {@code pytorch_model.bin}
 * @param vocabulary the vocabulary file; otherwise {@code vocab.txt} or the only {@code .txt} file
 *     beside the bundle
 * @param config a transformer configuration in JSON; otherwise {@code bert_config.json}, {@code
 *     electra_config.json} or {@code config.json} beside the bundle
 */
public record SourceOptions(
    Optional<String> bundle, Optional<Path> vocabulary, Optional<Path> config) {

  /** Checks that no component is null. */
  public SourceOptions {
    Objects.requireNonNull(bundle, "bundle");
    Objects.requireNonNull(vocabulary, "vocabulary");
    Objects.requireNonNull(config, "config");
  }

  /** Everything is to be found where it usually is. */
  public static SourceOptions none() {
    return new SourceOptions(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same, with this bundle among several. */
  public SourceOptions withBundle(String name) {
    return new SourceOptions(Optional.of(name), vocabulary, config);
  }

  /** The same, with this vocabulary file. */
  public SourceOptions withVocabulary(Path file) {
    return new SourceOptions(bundle, Optional.of(file), config);
  }

  /** The same, with this JSON configuration. */
  public SourceOptions withConfig(Path file) {
    return new SourceOptions(bundle, vocabulary, Optional.of(file));
  }
}
