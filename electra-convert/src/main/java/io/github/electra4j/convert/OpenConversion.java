package io.github.electra4j.convert;

import io.github.electra4j.model.StreamedCheckpoint;
import java.io.Closeable;
import java.io.IOException;

/**
 * A source whose tensors have been sorted from names, types and shapes, and whose numbers are still
 * in its files.
 *
 * @param checkpoint reads from the files until {@link #close}
 * @param report what becomes of every tensor
 * @param files what is open
 */
record OpenConversion(StreamedCheckpoint checkpoint, ConversionReport report, Closeable files)
    implements Closeable {
  @Override
  public void close() throws IOException {
    files.close();
  }
}
