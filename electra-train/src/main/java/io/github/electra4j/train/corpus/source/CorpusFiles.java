package io.github.electra4j.train.corpus.source;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The texts in the files of a corpus, one after the other: compressed ones are decompressed,
 * archives are entered, and archives in them too.
 */
final class CorpusFiles implements Closeable {
  /** How deep compressed files and archives may lie in one another. */
  private static final int MAX_DEPTH = 4;

  private static final String ZIP = "504b0304";
  private static final String EMPTY_ZIP = "504b0506";
  private static final String TAR = "7573746172"; // ustar
  private static final int TAR_MAGIC_AT = 257;
  private static final int HEAD = TAR_MAGIC_AT + 5;
  private static final int BUFFER = 1 << 16;

  private final Iterator<Path> files;
  private final Deque<Container> archives = new ArrayDeque<>();
  private long bytesRead;

  CorpusFiles(List<Path> files) {
    this.files = files.iterator();
  }

  /** Bytes read from the disk so far. */
  long bytesRead() {
    return bytesRead;
  }

  /** The next text, or null after the last one; the caller closes its stream. */
  Container.Member next() throws IOException {
    while (true) {
      Container.Member member = nextMember();
      if (member == null) {
        return null;
      }
      Container.Member text = unfold(member);
      if (text != null) {
        return text;
      }
    }
  }

  private Container.Member nextMember() throws IOException {
    while (!archives.isEmpty()) {
      Container.Member member = archives.peek().next();
      if (member != null) {
        return member;
      }
      archives.pop().close();
    }
    return files.hasNext() ? open(files.next()) : null;
  }

  private Container.Member open(Path path) throws IOException {
    Budget budget = new Budget(path.toString(), Files.size(path));
    RawInput file = new RawInput(Files.newInputStream(path), count -> bytesRead += count);
    InputStream in = new BufferedInputStream(file, BUFFER);
    try {
      if (isZip(head(in))) {
        archives.push(new ZipContainer(path, file, budget, count -> bytesRead += count));
        return nextMember();
      }
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
    return new Container.Member(path.toString(), in, file, budget);
  }

  /** The text that a file holds; null if it is an archive, which is then the next to be read. */
  private Container.Member unfold(Container.Member member) throws IOException {
    InputStream in = buffered(member.in());
    try {
      for (int depth = archives.size(); depth <= MAX_DEPTH; depth++) {
        byte[] head = head(in);
        Compression compression = Compression.of(head);
        if (compression != null) {
          in = buffered(decompressed(compression, member, in));
        } else if (isTar(head)) {
          archives.push(
              new TarContainer(
                  new Container.Member(member.source(), in, member.file(), member.budget())));
          return null;
        } else if (isZip(head)) {
          throw MalformedFileException.in(
              member.source(), "a zip within an archive cannot be read. Unpack it first.");
        } else {
          return new Container.Member(member.source(), in, member.file(), member.budget());
        }
      }
      throw MalformedFileException.in(
          member.source(),
          "archives and compressed files lie more than %d deep in one another. Unpack it first."
              .formatted(MAX_DEPTH));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static InputStream decompressed(
      Compression compression, Container.Member member, InputStream in) throws IOException {
    InputStream plain =
        compression == Compression.ZSTANDARD
            ? compression.decompress(member.source(), in)
            : Reading.of(
                member.source(), member.file(), () -> compression.decompress(member.source(), in));
    return new UnfoldedInput(member.source(), member.file(), member.budget(), plain, true);
  }

  private static InputStream buffered(InputStream in) {
    return in instanceof BufferedInputStream ? in : new BufferedInputStream(in, BUFFER);
  }

  private static byte[] head(InputStream in) throws IOException {
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    return head;
  }

  private static boolean isZip(byte[] head) {
    return Compression.startsWith(head, 0, ZIP) || Compression.startsWith(head, 0, EMPTY_ZIP);
  }

  private static boolean isTar(byte[] head) {
    return Compression.startsWith(head, TAR_MAGIC_AT, TAR);
  }

  @Override
  public void close() throws IOException {
    while (!archives.isEmpty()) {
      archives.pop().close();
    }
  }
}
