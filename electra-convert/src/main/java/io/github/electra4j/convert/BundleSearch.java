package io.github.electra4j.convert;

import io.github.electra4j.convert.tensorflow.CheckpointState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for a bundle, its vocabulary and its configuration below a folder. */
final class BundleSearch {
  private static final String INDEX = ".index";
  private static final int MAX_DEPTH = 4;
  private static final List<String> CONFIG_NAMES =
      List.of("bert_config.json", "electra_config.json", "config.json");

  private final String shown;
  private final Path root;
  private final SourceOptions options;
  private final boolean confined;

  /**
   * @param shown the place as the user gave it, for messages
   * @param root where to look
   * @param confined whether a state file must not lead out of {@code root}
   */
  BundleSearch(String shown, Path root, SourceOptions options, boolean confined) {
    this.shown = shown;
    this.root = root;
    this.options = options;
    this.confined = confined;
  }

  /** The prefix of the one bundle that is meant. */
  Path bundle() throws IOException {
    List<Path> all = bundles();
    if (options.bundle().isPresent()) {
      return chosen(options.bundle().get(), all);
    }
    Set<Path> folders =
        all.stream().map(Path::getParent).collect(Collectors.toCollection(LinkedHashSet::new));
    boolean here = folders.contains(root) || Files.exists(root.resolve(CheckpointState.FILE_NAME));
    Path folder = here ? root : folders.size() == 1 ? folders.iterator().next() : null;
    if (folder == null) {
      throw all.isEmpty() ? none() : ambiguous(all);
    }
    if (Files.isRegularFile(folder.resolve(CheckpointState.FILE_NAME))) {
      return CheckpointState.read(folder).resolveLatest(folder, confined ? root : null);
    }
    List<Path> candidates = all.stream().filter(each -> each.getParent().equals(folder)).toList();
    if (candidates.size() != 1) {
      throw candidates.isEmpty() ? none() : ambiguous(candidates);
    }
    return candidates.get(0);
  }

  private Path chosen(String name, List<Path> all) throws IOException {
    List<Path> matching =
        all.stream()
            .filter(
                each ->
                    relative(each).equals(name.replace('\\', '/'))
                        || each.getFileName().toString().equals(name))
            .toList();
    if (matching.isEmpty()) {
      throw all.isEmpty()
          ? none()
          : new FileNotFoundException(
              "%s has no bundle \"%s\"; it has: %s.".formatted(shown, name, listed(all)));
    }
    if (matching.size() > 1) {
      throw ambiguous(matching);
    }
    return matching.get(0);
  }

  private List<Path> bundles() throws IOException {
    try (Stream<Path> files = Files.walk(root, MAX_DEPTH)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> isBundleIndex(file.getFileName().toString()))
          .map(file -> file.resolveSibling(withoutExtension(file.getFileName().toString())))
          .sorted()
          .toList();
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Archives from macOS carry a shadow {@code ._name} of every file. */
  private static boolean isBundleIndex(String name) {
    return name.endsWith(INDEX) && name.length() > INDEX.length() && !name.startsWith("._");
  }

  private static String withoutExtension(String name) {
    return name.substring(0, name.length() - INDEX.length());
  }

  /** The vocabulary for the bundle at {@code prefix}. */
  Optional<Path> vocabulary(Path prefix) throws IOException {
    if (options.vocabulary().isPresent()) {
      return options.vocabulary();
    }
    for (Path folder : places(prefix)) {
      Path usual = folder.resolve("vocab.txt");
      if (Files.isRegularFile(usual)) {
        return Optional.of(usual);
      }
      List<Path> texts = textFiles(folder);
      if (texts.size() > 1) {
        throw new IOException(
            "%s has no vocab.txt but several text files: %s. Say which one is the vocabulary."
                .formatted(shown, listed(texts)));
      }
      if (texts.size() == 1) {
        return Optional.of(texts.get(0));
      }
    }
    return Optional.empty();
  }

  private static List<Path> textFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().endsWith(".txt"))
          .filter(file -> !file.getFileName().toString().startsWith("._"))
          .sorted()
          .toList();
    }
  }

  /** The transformer configuration for the bundle at {@code prefix}. */
  Optional<Path> config(Path prefix) {
    if (options.config().isPresent()) {
      return options.config();
    }
    return places(prefix).stream()
        .flatMap(folder -> CONFIG_NAMES.stream().map(folder::resolve))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private Set<Path> places(Path prefix) {
    Set<Path> places = new LinkedHashSet<>();
    places.add(prefix.getParent());
    places.add(root);
    return places;
  }

  private IOException none() {
    return new FileNotFoundException(
        "%s holds no TensorFlow checkpoint: neither it nor its sub-folders have a file ending in \".index\"."
            .formatted(shown));
  }

  private IOException ambiguous(List<Path> bundles) {
    return new IOException(
        "%s holds several checkpoints: %s. Say which one is meant (--bundle NAME)."
            .formatted(shown, listed(bundles)));
  }

  private String listed(List<Path> paths) {
    return paths.stream().map(this::relative).collect(Collectors.joining(", "));
  }

  private String relative(Path path) {
    return path.startsWith(root)
        ? root.relativize(path).toString().replace('\\', '/')
        : path.toString();
  }
}
