package io.github.electra4j.train.corpus.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A file as it is on the disk: counts the bytes read, and remembers whether the disk failed. */
final class RawInput extends FilterInputStream {
  private final LongConsumer counter;
  private IOException failure;

  /**
   * @param counter told how many bytes were read
   */
  RawInput(InputStream in, LongConsumer counter) {
    super(in);
    this.counter = counter;
  }

  /** What the disk failed with, or null if it works. */
  IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = in.read(buffer, offset, length);
      counter.accept(Math.max(0, count));
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    counter.accept(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
