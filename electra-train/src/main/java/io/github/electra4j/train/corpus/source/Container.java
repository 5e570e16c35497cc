package io.github.electra4j.train.corpus.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Something that holds files one after the other. */
interface Container extends Closeable {
  /** The next file, or null after the last one; the one before must have been read or given up. */
  Member next() throws IOException;

  /**
   * A file, perhaps compressed, perhaps an archive itself.
   *
   * @param source what errors call it
   * @param in its bytes; closed when they have been read
   * @param file the file on the disk that it comes from
   * @param budget what that file may unfold to
   */
  record Member(String source, InputStream in, RawInput file, Budget budget) {}
}
