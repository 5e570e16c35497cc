package io.github.electra4j.eval.dataset;

import io.github.electra4j.train.task.TextExample;
import java.nio.file.Path;
import java.util.List;

/**
 * The examples of a split as they were read.
 *
 * @param task whose they are
 * @param name name of the split, e.g. {@code dev_matched}
 * @param file where they were found
 * @param labelled whether the file has labels; if not, every example carries {@link
 *     Target#placeholder}, as in the original, and there is nothing to score
 * @param partial whether reading stopped at a limit before the end of the file
 * @param examples in the order of the file, at least one
 * @param skippedLines numbers, from 1, of the lines that were skipped as {@link Split#brokenLines}
 *     allows; each has used up an id
 */
public record GlueSplit(
    GlueTask task,
    String name,
    Path file,
    boolean labelled,
    boolean partial,
    List<TextExample> examples,
    List<Integer> skippedLines) {
  /** Copies the lists. */
  public GlueSplit {
    examples = List.copyOf(examples);
    skippedLines = List.copyOf(skippedLines);
  }
}
