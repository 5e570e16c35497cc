package io.github.electra4j.convert;

import io.github.electra4j.model.TaskHead;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file does not tell about its fine-tuned heads.
 *
 * @param given labels or range of heads, by the name of their task; each must be in the file
 * @param usual heads of well-known tasks, taken where a head has the name of one, its number of
 *     outputs, and nothing better is known
 * @param name what to call the task of a head of HuggingFace's, which has no name there; empty for
 *     what its configuration says
 */
public record HeadHints(List<TaskHead> given, List<TaskHead> usual, Optional<String> name) {
  /** Copies the lists. */
  public HeadHints {
    given = List.copyOf(given);
    usual = List.copyOf(usual);
    Objects.requireNonNull(name, "name");
  }

  /** Nothing is known. */
  public static HeadHints none() {
    return new HeadHints(List.of(), List.of(), Optional.empty());
  }

  /** The same, with these heads. */
  public HeadHints withGiven(List<TaskHead> heads) {
    return new HeadHints(heads, usual, name);
  }

  /** The same, with these heads of well-known tasks. */
  public HeadHints withUsual(List<TaskHead> heads) {
    return new HeadHints(given, heads, name);
  }

  /** The same, with this name for the task of a head of HuggingFace's. */
  public HeadHints withName(String task) {
    return new HeadHints(given, usual, Optional.of(task));
  }
}
