package io.github.electra4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command line of the documentation.
 *
 * @param page where it stands
 * @param text as it stands there, on one line
 * @param notRun why it cannot be run by a test, as {@code <!-- not run: REASON -->} before its
 *     block says
 */
record DocsLine(Path page, String text, Optional<String> notRun) {
  private static final String FENCE = "```";
  private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: (\\S.*) -->");
  private static final Pattern COMMAND = Pattern.compile("(\\w+=\\S+ +)*(\\./)?electra .*");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** README and all pages of docs. */
  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("../README.md")));
    try (Stream<Path> docs = Files.list(Path.of("../docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  /** The command lines of a page, in its order. */
  static List<DocsLine> of(Path page) throws IOException {
    List<DocsLine> lines = new ArrayList<>();
    Optional<String> reason = Optional.empty();
    String before = "";
    boolean inside = false;
    for (String line : Files.readString(page).replace("\\\n", " ").lines().toList()) {
      if (line.startsWith(FENCE)) {
        inside = !inside;
        Matcher mark = NOT_RUN.matcher(before);
        reason = inside && mark.matches() ? Optional.of(mark.group(1)) : Optional.empty();
      } else if (inside && COMMAND.matcher(line).matches()) {
        lines.add(new DocsLine(page, line, reason));
      }
      before = line;
    }
    return lines;
  }

  /** The command alone, from {@code electra} on, without comment and redirections. */
  String command() {
    return text.replaceFirst("^(\\w+=\\S+ +)*(\\./)?", "")
        .replaceFirst("\\s#.*", "")
        .replaceFirst("\\s[<>|].*", "")
        .trim();
  }

  /** The words of a command, without quotes and without the program's name. */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words.subList(1, words.size());
  }

  @Override
  public String toString() {
    return page.getFileName() + ": " + text;
  }
}
