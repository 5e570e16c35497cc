package io.github.electra4j.train.corpus.source;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a corpus from start to end in chunks of whole lines. A corpus is a list of text files,
 * compressed text files (gzip, bzip2, xz, Zstandard), tar and zip archives of them, and folders of
 * all these; what a file is follows from its first bytes. The files of a folder come in the order
 * of their names, links are followed, hidden files are left out. Nothing is unpacked to the disk.
 */
public final class CorpusReader implements Closeable {
  /** Large enough that little time is lost between chunks, small enough for many in memory. */
  private static final int CHUNK = 1 << 20;

  /** A longer line is not text. */
  private static final int MAX_LINE = 64 << 20;

  private final CorpusFiles files;
  private final int fileCount;
  private final long bytesTotal;
  private Container.Member text; // the one being read
  private byte[] begun = {}; // a line that goes on
  private long line = 1;
  private long textCount;

  private CorpusReader(List<Path> paths, long bytesTotal) {
    this.files = new CorpusFiles(paths);
    this.fileCount = paths.size();
    this.bytesTotal = bytesTotal;
  }

  /**
   * Opens a corpus.
   *
   * @param corpus files and folders
   * @throws NoSuchFileException if one is missing, or if there are no files at all
   */
  public static CorpusReader open(List<Path> corpus) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (Path path : corpus) {
      if (!Files.exists(path)) {
        throw new NoSuchFileException(path.toString());
      }
      paths.addAll(files(path));
    }
    if (paths.isEmpty()) {
      throw new NoSuchFileException(
          corpus.toString(), null, "there are no files. Give files or folders with text.");
    }
    long total = 0;
    for (Path path : paths) {
      total += Files.size(path);
    }
    return new CorpusReader(paths, total);
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> walk = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(file -> !isHidden(path.relativize(file)))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) { // a link to a folder above it
      throw e.getCause();
    }
  }

  private static boolean isHidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /**
   * The next chunk, or null after the last one.
   *
   * @throws MalformedFileException if a file is damaged, unfolds to far too much, or has a line of
   *     more than 64 MiB
   */
  public CorpusChunk next() throws IOException {
    if (text == null) {
      text = files.next();
      line = 1;
      if (text == null) {
        return null;
      }
      textCount++;
    }
    byte[] bytes = Arrays.copyOf(begun, Math.max(CHUNK, 2 * begun.length));
    int length = begun.length;
    begun = new byte[0];
    while (true) {
      int count = fill(text.in(), bytes, length);
      if (length + count < bytes.length) {
        return lastChunk(Arrays.copyOf(bytes, length + count));
      }
      int end = lastLineFeed(bytes) + 1;
      if (end > 0) {
        begun = Arrays.copyOfRange(bytes, end, bytes.length);
        return chunk(Arrays.copyOf(bytes, end), false);
      }
      if (bytes.length >= MAX_LINE) {
        throw MalformedFileException.in(
            text.source(),
            "line %d has more than %d MiB. Is it text? If so, break its lines."
                .formatted(line, MAX_LINE >> 20));
      }
      length = bytes.length;
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
  }

  private CorpusChunk lastChunk(byte[] bytes) throws IOException {
    CorpusChunk chunk = chunk(bytes, true);
    text.in().close();
    text = null;
    return chunk;
  }

  private CorpusChunk chunk(byte[] bytes, boolean endsFile) {
    CorpusChunk chunk = new CorpusChunk(text.source(), line, bytes, endsFile);
    line += chunk.lineFeeds();
    return chunk;
  }

  private static int fill(InputStream in, byte[] bytes, int from) throws IOException {
    return in.readNBytes(bytes, from, bytes.length - from);
  }

  private static int lastLineFeed(byte[] bytes) {
    int at = bytes.length - 1;
    while (at >= 0 && bytes[at] != '\n') {
      at--;
    }
    return at;
  }

  /** Number of files on the disk. */
  public int files() {
    return fileCount;
  }

  /** Number of texts begun so far; an archive holds many. */
  public long texts() {
    return textCount;
  }

  /** Size of all files on the disk, in bytes. */
  public long bytesTotal() {
    return bytesTotal;
  }

  /** How many of these bytes have been read. */
  public long bytesRead() {
    return Math.min(bytesTotal, files.bytesRead());
  }

  @Override
  public void close() throws IOException {
    try (files) {
      if (text != null) {
        text.in().close();
      }
    }
  }
}
