package io.github.electra4j.convert;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where HuggingFace keeps a model: a folder of one network, its weight file, or a folder with the
 * folders {@code discriminator} and {@code generator}, or one of them.
 */
final class HuggingFacePlace {
  static final String CONFIG = "config.json";
  static final String DISCRIMINATOR = "discriminator";
  static final String GENERATOR = "generator";

  /** Files that hold the same weights; the first that is there is taken. */
  static final List<String> WEIGHTS =
      List.of(
          "model.safetensors",
          "model.safetensors.index.json",
          "pytorch_model.bin",
          "pytorch_model.bin.index.json",
          "tf_model.h5");

  private static final List<String> ENDINGS =
      List.of(".safetensors", ".index.json", ".bin", ".pt", ".h5");

  private HuggingFacePlace() {}

  /**
   * Whether a model of HuggingFace's, and not of this project, is there: weights, and a
   * configuration beside them or given.
   */
  static boolean isOne(Path location, SourceOptions place) throws IOException {
    if (Files.isRegularFile(location)) {
      return isWeightFile(location) && isForeign(location.toAbsolutePath().getParent(), place);
    }
    return isNetwork(location, place)
        || isNetwork(location.resolve(DISCRIMINATOR), place)
        || isNetwork(location.resolve(GENERATOR), place);
  }

  private static boolean isNetwork(Path folder, SourceOptions place) throws IOException {
    return weightsIn(folder).isPresent() && isForeign(folder, place);
  }

  private static Optional<Path> weightsIn(Path folder) {
    return WEIGHTS.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  private static boolean isForeign(Path folder, SourceOptions place) throws IOException {
    Path config = folder.resolve(CONFIG);
    return Files.isRegularFile(config)
        ? !ReferenceFile.parse(config).has("electra4j")
        : place.config().isPresent();
  }

  /**
   * Refuses weights without the configuration that says what they are, where there is nothing else
   * that could be meant.
   *
   * @throws FileNotFoundException naming the weights and what is missing beside them
   */
  static void requireConfig(Path location) throws IOException {
    if (Files.isRegularFile(location)) {
      if (isWeightFile(location)) {
        requireConfigBeside(location.toAbsolutePath());
      }
      return;
    }
    for (Path folder :
        List.of(location, location.resolve(DISCRIMINATOR), location.resolve(GENERATOR))) {
      Optional<Path> weights = weightsIn(folder);
      if (weights.isPresent() && !holdsBundle(location)) {
        requireConfigBeside(weights.get());
      }
    }
  }

  private static void requireConfigBeside(Path weights) throws FileNotFoundException {
    if (!Files.isRegularFile(weights.resolveSibling(CONFIG))) {
      throw new FileNotFoundException(
          "%s is missing beside %s. Get it from where the weights are from, or give another place with --config."
              .formatted(CONFIG, weights));
    }
  }

  private static boolean holdsBundle(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith(".index"));
    }
  }

  private static boolean isWeightFile(Path file) {
    return ENDINGS.stream().anyMatch(file.getFileName().toString()::endsWith);
  }

  /**
   * The files of every network that is there, the discriminator's first.
   *
   * @throws IOException if the weight file that was asked for, or a configuration, is missing
   */
  static List<NetworkFiles> find(Path location, SourceOptions place) throws IOException {
    if (Files.isRegularFile(location)) {
      Path folder = location.toAbsolutePath().getParent();
      return List.of(new NetworkFiles(Optional.empty(), folder, config(folder, place), location));
    }
    if (isNetwork(location, place)) {
      return List.of(files(Optional.empty(), location, place));
    }
    List<NetworkFiles> networks = new ArrayList<>();
    for (String label : List.of(DISCRIMINATOR, GENERATOR)) {
      if (isNetwork(location.resolve(label), place)) {
        networks.add(files(Optional.of(label), location.resolve(label), place));
      }
    }
    if (networks.size() == 2 && place.config().isPresent()) {
      throw MalformedFileException.in(
          location, "there are two networks, which have a configuration each; leave out --config.");
    }
    return networks;
  }

  private static NetworkFiles files(Optional<String> label, Path folder, SourceOptions place)
      throws IOException {
    return new NetworkFiles(label, folder, config(folder, place), weights(folder, place));
  }

  private static Path config(Path folder, SourceOptions place) {
    return place.config().orElse(folder.resolve(CONFIG));
  }

  private static Path weights(Path folder, SourceOptions place) throws IOException {
    List<String> names = place.bundle().map(List::of).orElse(WEIGHTS);
    for (String name : names) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new FileNotFoundException(
        "%s has no file %s. Give the name of one that is there."
            .formatted(folder, String.join(" or ", names)));
  }
}
