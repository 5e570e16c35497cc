package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md names is there: classes, and the rooms of its table. */
class ArchitecturePageTest {
  private static final Path ROOT = Path.of("..");

  /**
   * Two humps at least, so that a word at the start of a sentence is none; with or without ticks.
   */
  private static final Pattern CLASS = Pattern.compile("\\b(?:[A-Z][a-z]+){2,}\\b");

  /** A room like {@code train/graph} or {@code model/graph/SelfAttention}. */
  private static final Pattern ROOM =
      Pattern.compile(
          "\\b(tokenizer|model|train|convert|eval|serve|adapters|cli)/([a-z/]*)([A-Z]\\w+)?");

  /** Names of products and of Java's own, which look like classes of ours. */
  private static final Set<String> OTHERS =
      Set.of("IllegalArgumentException", "SameDiff", "TensorFlow", "HuggingFace");

  @Test
  void everyClassThatIsNamedExists() throws IOException {
    Set<String> classes = classes();
    Set<String> named = new TreeSet<>(found(CLASS));
    named.removeAll(OTHERS);
    assertTrue(named.size() > 30, () -> "names found: " + named);
    named.removeAll(classes);
    assertEquals(Set.of(), named, "in ARCHITECTURE.md, but no class of the project");
  }

  @Test
  void everyRoomExists() throws IOException {
    Set<String> rooms = found(ROOM);
    assertTrue(rooms.size() > 15, () -> "rooms found: " + rooms);
    assertTrue(rooms.contains("serve/Asking"), () -> "rooms found: " + rooms);
    Set<String> missing = new TreeSet<>();
    for (String room : rooms) {
      String module = room.substring(0, room.indexOf('/'));
      Path place =
          ROOT.resolve("electra-" + module + "/src/main/java/io/github/electra4j").resolve(room);
      if (!Files.isDirectory(place) && !Files.isRegularFile(Path.of(place + ".java"))) {
        missing.add(room);
      }
    }
    assertEquals(Set.of(), missing, "in ARCHITECTURE.md, but neither package nor class");
  }

  private static Set<String> found(Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md")))
        .results()
        .map(result -> result.group().replaceAll("/$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> classes() throws IOException {
    Set<String> classes = new TreeSet<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      List<Path> sources =
          modules
              .map(module -> module.resolve("src/main/java"))
              .filter(Files::isDirectory)
              .toList();
      for (Path source : sources) {
        try (Stream<Path> files = Files.walk(source)) {
          files
              .map(
                  file -> Pattern.compile("^(\\w+)\\.java$").matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .forEach(name -> classes.add(name.group(1)));
        }
      }
    }
    return classes;
  }
}
