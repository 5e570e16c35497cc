package io.github.electra4j.train.corpus.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a decompressor or an archive delivers: bounded, and with one kind of exception for damaged
 * bytes.
 */
final class UnfoldedInput extends FilterInputStream {
  private final String source;
  private final RawInput file;
  private final Budget budget;
  private final boolean owner;

  /**
   * @param owner whether closing this closes {@code in}
   */
  UnfoldedInput(String source, RawInput file, Budget budget, InputStream in, boolean owner) {
    super(in);
    this.source = source;
    this.file = file;
    this.budget = budget;
    this.owner = owner;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = Reading.of(source, file, () -> in.read(buffer, offset, length));
    budget.spend(count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = Reading.of(source, file, () -> in.skip(count));
    budget.spend(skipped);
    return skipped;
  }

  /** Nothing for certain: decompressors throw what they have met from here, too. */
  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    if (owner) {
      in.close();
    }
  }
}
