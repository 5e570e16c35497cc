package io.github.electra4j.convert;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns of tensor names in which {@code *} stands for any characters. */
final class NamePatterns {
  private final Map<String, Pattern> patterns = new LinkedHashMap<>();

  NamePatterns(List<String> globs) {
    globs.forEach(glob -> patterns.put(glob, compile(glob)));
  }

  /** The first pattern that fits a name. */
  Optional<String> matching(String name) {
    return patterns.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(name).matches())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Pattern compile(String glob) {
    return Pattern.compile(
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
