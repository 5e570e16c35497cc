package io.github.electra4j.train.task;

import java.util.ArrayList;
import java.util.List;

/** Tasks in which the order of the two sentences means nothing. */
public final class UnorderedPairs {
  private UnorderedPairs() {}

  /**
   * Every pair a second time with its sentences swapped, the copies after all originals and their
   * ids counted on from the originals' number ({@code double_unordered} of the original).
   */
  public static List<TextExample> doubled(List<TextExample> examples) {
    List<TextExample> all = new ArrayList<>(examples);
    for (TextExample example : examples) {
      all.add(
          new TextExample(
              example.id() + examples.size(), example.textB(), example.textA(), example.label()));
    }
    return all;
  }
}
