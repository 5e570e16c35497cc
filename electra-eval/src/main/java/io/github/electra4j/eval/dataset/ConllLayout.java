package io.github.electra4j.eval.dataset;

import io.github.electra4j.eval.metric.TagScheme;
import java.util.Objects;

/**
 * Which columns of a CoNLL file hold what. Columns are separated by white space and count from 0;
 * negative ones from the end of the line, −1 being the last.
 *
 * @param word column of the word
 * @param tag column of its tag
 * @param scheme what the tags must look like
 */
public record ConllLayout(int word, int tag, TagScheme scheme) {
  /** Requires the scheme. */
  public ConllLayout {
    Objects.requireNonNull(scheme, "ConllLayout.scheme is null.");
  }

  /** Words in the first column, tags in the last, as in CoNLL-2000 and CoNLL-2003. */
  public static ConllLayout usual(TagScheme scheme) {
    return new ConllLayout(0, -1, scheme);
  }
}
