package io.github.electra4j.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A file being written, whose writes and flushes fail when they are told to. */
final class FailingChannel extends FileChannel {
  private final FileChannel real;
  private final BooleanSupplier fails;
  private final Function<String, IOException> failure;

  /**
   * @param fails asked before every change
   * @param failure the exception of a change, named in a few words
   */
  FailingChannel(FileChannel real, BooleanSupplier fails, Function<String, IOException> failure) {
    this.real = real;
    this.fails = fails;
    this.failure = failure;
  }

  /** Before the failure, half of what should be written arrives. */
  private void change(ByteBuffer source) throws IOException {
    if (fails.getAsBoolean()) {
      ByteBuffer half = source.slice();
      half.limit(half.limit() / 2);
      real.write(half);
      throw failure.apply("write");
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    change(source);
    return real.write(source);
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    change(source);
    return real.write(source, position);
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    change(sources[offset]);
    return real.write(sources, offset, length);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    if (fails.getAsBoolean()) {
      throw failure.apply("flush");
    }
    // no power is cut in a test, so that nobody has to wait for the medium
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    if (fails.getAsBoolean()) {
      throw failure.apply("transfer");
    }
    return real.transferFrom(source, position, count);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return real.transferTo(position, count, target);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return real.read(target);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return real.read(target, position);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return real.read(targets, offset, length);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    real.truncate(size);
    return this;
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return real.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }
}
