package io.github.electra4j.train.corpus;

import io.github.electra4j.model.storage.FolderKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names of files of examples; the original's numbers have no leading zeros. */
final class ShardFiles {
  /** Report on the preparation, in the same folder. */
  static final String REPORT = "report.json";

  /** Copy of the vocabulary, in the same folder. */
  static final String VOCABULARY = "vocab.txt";

  /** A folder that may be replaced. */
  static final FolderKind KIND =
      new FolderKind(
          "a folder of prepared examples",
          Set.of(REPORT),
          name -> name.equals(VOCABULARY) || ShardFiles.NAME.matcher(name).matches());

  private static final String PREFIX = "pretrain_data.tfrecord-";
  private static final Pattern NAME =
      Pattern.compile(Pattern.quote(PREFIX) + "(\\d{1,9})-of-(\\d{1,9})");

  private ShardFiles() {}

  /** Name of a file, counted from 0. */
  static String name(int shard, int shards) {
    return PREFIX + shard + "-of-" + shards;
  }

  /**
   * Files that a user names.
   *
   * @param places files, folders with files of the usual name, and patterns such as {@code
   *     data/pretrain_data.tfrecord*}, separated by commas
   * @return sorted by number within a folder, never empty
   */
  static List<Path> find(String places) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String place : places.split(",", -1)) {
      List<Path> here = at(place.strip());
      if (here.isEmpty()) {
        throw new NoSuchFileException(
            place, null, "there are no files of examples. Make some with electra prepare.");
      }
      found.addAll(here);
    }
    return found.stream().distinct().toList();
  }

  private static List<Path> at(String place) throws IOException {
    int wildcard = indexOfWildcard(place);
    if (wildcard < 0) {
      Path path = Path.of(place);
      return Files.isDirectory(path)
          ? list(path, file -> NAME.matcher(file.getFileName().toString()).matches())
          : existing(path);
    }
    int slash = place.lastIndexOf('/', wildcard);
    Path folder = Path.of(slash < 0 ? "" : place.substring(0, slash + 1));
    String pattern = place.substring(slash + 1);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    return Files.isDirectory(folder) || slash < 0
        ? list(folder, file -> matcher.matches(folder.relativize(file)))
        : List.of();
  }

  private static int indexOfWildcard(String place) {
    for (int i = 0; i < place.length(); i++) {
      if ("*?[{".indexOf(place.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<Path> existing(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return List.of(path);
  }

  private static List<Path> list(Path folder, java.util.function.Predicate<Path> wanted)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(Files::isRegularFile)
          .filter(wanted)
          .sorted(Comparator.comparingInt(ShardFiles::number).thenComparing(Path::toString))
          .toList();
    } catch (UncheckedIOException e) { // a link to a folder above it
      throw e.getCause();
    }
  }

  private static int number(Path file) {
    Matcher matcher = NAME.matcher(file.getFileName().toString());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
  }
}
