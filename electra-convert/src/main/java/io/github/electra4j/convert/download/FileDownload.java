package io.github.electra4j.convert.download;

import io.github.electra4j.model.storage.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * One file on its way to its place. What has arrived is kept in {@code NAME.part}, and in {@code
 * NAME.part.tag} which file of the server's it is, so that an interrupted download goes on. The
 * file appears under its name only when it is whole and its checksums, where there are any, agree.
 */
final class FileDownload {
  private static final int BUFFER = 1 << 16;

  private final PublishedFile file;
  private final Path target;
  private final Path part;
  private final Path tagFile;
  private final Patience patience;
  private final DownloadProgress progress;

  FileDownload(PublishedFile file, Path target, Patience patience, DownloadProgress progress) {
    this.file = file;
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.tagFile = target.resolveSibling(target.getFileName() + ".part.tag");
    this.patience = patience;
    this.progress = progress;
  }

  /** Fetches the file, in several attempts if need be, unless another process does. */
  void run() throws IOException {
    try (FileChannel out =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(out)) {
      if (!lock.isValid() || !Files.exists(part)) { // it was moved to its place meanwhile
        throw busy();
      }
      fetch(out);
      out.force(true);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(tagFile);
    }
  }

  private FileLock lock(FileChannel guard) throws IOException {
    try {
      FileLock lock = guard.tryLock();
      if (lock == null) {
        throw busy();
      }
      return lock;
    } catch (OverlappingFileLockException e) {
      throw busy();
    }
  }

  private DownloadException busy() {
    return DownloadException.lasting(
        "%s is being downloaded by somebody else; wait until that is done.".formatted(target));
  }

  private void fetch(FileChannel out) throws IOException {
    int failures = 0;
    while (true) {
      long before = out.size();
      try {
        attempt(out);
        return;
      } catch (IOException e) {
        boolean lasting = e instanceof DownloadException known && !known.isTemporary();
        failures = out.size() > before ? 1 : failures + 1;
        if (lasting || failures >= patience.attempts()) {
          throw e;
        }
        rest((long) patience.pause() << (failures - 1));
      }
    }
  }

  private static void rest(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The download was interrupted; start it again to go on.", e);
    }
  }

  private void attempt(FileChannel out) throws IOException {
    Optional<String> tag = knownTag();
    long first = tag.isPresent() ? out.size() : 0;
    try (RemoteFile remote = RemoteFile.request(file.address(), first, tag.orElse(""), patience)) {
      if (!remote.isWhole() && !remote.isRest(first) && remote.total() != first) {
        forget(out);
        throw DownloadException.temporary(
            "%s: the server does not go on where the download stopped.".formatted(file.address()));
      }
      if (remote.isWhole()) {
        forget(out);
      }
      if (out.size() == 0) {
        remember(remote);
      }
      requireSpace(remote.total() - out.size());
      if (remote.isWhole() || remote.isRest(first)) {
        copy(remote, out);
      }
      check(remote, out);
    }
  }

  private void copy(RemoteFile remote, FileChannel out) throws IOException {
    long total = remote.total();
    out.position(out.size());
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = remote.content()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (total >= 0 && out.position() + count > total) {
          forget(out);
          throw DownloadException.temporary(
              "%s: the server sends more than the %d bytes that it announced."
                  .formatted(file.address(), total));
        }
        ByteBuffer rest = ByteBuffer.wrap(buffer, 0, count);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
        progress.at(file.name(), out.position(), total);
      }
    }
  }

  private void check(RemoteFile remote, FileChannel out) throws IOException {
    if (remote.total() >= 0 && out.size() != remote.total()) {
      throw DownloadException.temporary(
          "%s: the connection ended after %d of %d bytes."
              .formatted(file.address(), out.size(), remote.total()));
    }
    requireDigest(file.sha256().map(Digest::sha256), "must have", out);
    requireDigest(remote.digest(), "is announced with", out);
  }

  private void requireDigest(Optional<Digest> wanted, String why, FileChannel out)
      throws IOException {
    if (wanted.isEmpty()) {
      return;
    }
    Digest found = wanted.get().of(part);
    if (!found.equals(wanted.get())) {
      forget(out);
      throw DownloadException.lasting(
          "%s: the file %s %s, but what arrived has %s. It was thrown away; try again, and do not use it from there if that repeats."
              .formatted(file.address(), why, wanted.get(), found));
    }
  }

  private void requireSpace(long wanted) throws IOException {
    long free = Files.getFileStore(part.getParent()).getUsableSpace();
    if (wanted > free) {
      throw DownloadException.lasting(
          "%s needs %d more bytes, but %s has only %d left. Make room or choose another place (--cache)."
              .formatted(file.name(), wanted, part.getParent(), free));
    }
  }

  /** The entity tag of what has arrived, if that is of the same address. */
  private Optional<String> knownTag() throws IOException {
    if (!Files.isRegularFile(tagFile) || Files.size(tagFile) > BUFFER) {
      return Optional.empty();
    }
    String text = new String(Files.readAllBytes(tagFile), StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    boolean same = lines.size() == 2 && lines.get(0).equals(file.address().toString());
    return same ? Optional.of(lines.get(1)) : Optional.empty();
  }

  private void remember(RemoteFile remote) throws IOException {
    Files.deleteIfExists(tagFile);
    if (remote.tag().isPresent()) {
      String text = file.address() + "\n" + remote.tag().get() + "\n";
      AtomicFile.write(tagFile, text.getBytes(StandardCharsets.UTF_8), true);
    }
  }

  private void forget(FileChannel out) throws IOException {
    out.truncate(0);
    Files.deleteIfExists(tagFile);
  }
}
