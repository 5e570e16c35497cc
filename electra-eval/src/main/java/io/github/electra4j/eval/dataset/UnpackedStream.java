package io.github.electra4j.eval.dataset;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** What gzip has packed; damage becomes an error that names the file. */
final class UnpackedStream extends FilterInputStream {
  private final Path file;

  private UnpackedStream(Path file, InputStream unpacked) {
    super(unpacked);
    this.file = file;
  }

  static InputStream of(Path file, InputStream packed, int bufferBytes) throws IOException {
    try {
      return new UnpackedStream(file, new GZIPInputStream(packed, bufferBytes));
    } catch (EOFException | ZipException e) {
      throw damaged(file, e);
    }
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (EOFException | ZipException e) {
      throw damaged(file, e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (EOFException | ZipException e) {
      throw damaged(file, e);
    }
  }

  private static MalformedFileException damaged(Path file, IOException e) {
    return MalformedFileException.in(
        file, "it is packed by gzip, but damaged or cut short. Get the file again.", e);
  }
}
