package io.github.electra4j.eval.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a task's examples.
 *
 * @param name e.g. {@code train}, {@code dev_matched}
 * @param files where to look for it; the first that exists is read. At least one
 * @param brokenLines how many lines with too few columns are skipped before the file is refused; 0
 *     everywhere but in QQP, whose published files break some questions over several lines. The
 *     original skips any number in any file
 */
public record Split(String name, List<SplitFile> files, int brokenLines) {
  /** Copies the list. */
  public Split {
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("Split %s names no file; name one.".formatted(name));
    }
    if (brokenLines < 0) {
      throw new IllegalArgumentException(
          "Split %s allows %d broken lines; use 0 or more.".formatted(name, brokenLines));
    }
  }

  /** A split in the file {@code <name>.tsv}, no line of which may be broken. */
  public static Split of(String name, Columns columns) {
    return new Split(name, List.of(new SplitFile(name + ".tsv", columns)), 0);
  }

  /** The same with one more place to look at, after the others. */
  Split or(String file, Columns columns) {
    List<SplitFile> more = new ArrayList<>(files);
    more.add(new SplitFile(file, columns));
    return new Split(name, more, brokenLines);
  }

  /** The same, tolerating some broken lines. */
  Split tolerating(int lines) {
    return new Split(name, files, lines);
  }
}
