package io.github.electra4j.eval.dataset;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a data file, unpacked if gzip has packed them. */
final class DataFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private DataFile() {}

  /**
   * Opens the file.
   *
   * @throws FileNotFoundException if it is not there, or a folder
   */
  static InputStream open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(
          Files.isDirectory(file)
              ? "%s is a folder. Name a file in it.".formatted(file)
              : "%s does not exist. Check the name, or put the file there.".formatted(file));
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      in.mark(2);
      boolean packed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return packed ? UnpackedStream.of(file, in, BUFFER_BYTES) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Name of the file without {@code .gz}, in the way {@link Path#toString} has it. */
  static String unpackedName(Path file) {
    String name = file.toString();
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }
}
