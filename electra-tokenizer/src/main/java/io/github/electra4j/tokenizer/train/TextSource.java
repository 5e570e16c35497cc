package io.github.electra4j.tokenizer.train;

import java.io.IOException;
import java.util.Iterator;

/**
 * A corpus that is read text by text, so that it need not fit into memory. Words do not extend
 * across texts. Texts of about a million characters keep several threads busy.
 */
@FunctionalInterface
public interface TextSource {
  /** The next text, or null after the last one. Called by one thread only. */
  String next() throws IOException;

  /** Texts that are in memory. */
  static TextSource of(Iterable<String> texts) {
    Iterator<String> iterator = texts.iterator();
    return () -> iterator.hasNext() ? iterator.next() : null;
  }
}
