package io.github.electra4j.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code run.json}: which run a folder of states belongs to. Whoever trains holds a lock on it, so
 * that no other process trains there meanwhile; the lock ends with the process, however that ends.
 */
final class RunFile implements Closeable {
  static final String NAME = "run.json";

  private final Path path;
  private final FileChannel channel;

  private RunFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the file if it is not there, and locks it.
   *
   * @throws FileSystemException when somebody trains there
   */
  static RunFile claim(Path folder, Map<String, String> identity) throws IOException {
    Path path = folder.resolve(NAME);
    if (!Files.exists(path)) {
      Files.createDirectories(folder);
      AtomicFile.write(path, json(identity), false);
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    RunFile file = new RunFile(path, channel);
    try {
      file.lock();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return file;
  }

  private static byte[] json(Map<String, String> identity) throws IOException {
    return new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValueAsBytes(new TreeMap<>(identity));
  }

  /** Gives the folder to this run: nothing was saved there that another could go on from. */
  void replace(Map<String, String> identity) throws IOException {
    ByteBuffer json = ByteBuffer.wrap(json(identity));
    channel.truncate(0);
    for (long at = 0; json.hasRemaining(); ) {
      at += channel.write(json, at);
    }
    channel.force(true);
  }

  private void lock() throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) { // held by this very process
      FileSystemException taken = taken();
      taken.initCause(e);
      throw taken;
    }
    if (lock == null) {
      throw taken();
    }
  }

  private FileSystemException taken() {
    return new FileSystemException(
        String.valueOf(path.getParent()),
        null,
        "somebody is training here. Wait for the end, stop it, or choose another output.");
  }

  /**
   * Refuses another run than the one that the folder belongs to.
   *
   * @throws MalformedFileException naming every difference
   */
  void requireSame(Map<String, String> identity) throws IOException {
    Map<?, ?> saved;
    try {
      byte[] json = Channels.newInputStream(channel).readAllBytes();
      saved = new ObjectMapper().readValue(json, Map.class);
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw MalformedFileException.in(
          path, "it is not JSON. Delete its folder to start afresh, or use another output.", e);
    }
    List<String> differences = new ArrayList<>();
    Map<String, Object> all = new TreeMap<>();
    saved.forEach((key, value) -> all.put(key.toString(), value));
    identity.forEach(all::putIfAbsent);
    for (String key : all.keySet()) {
      Object before = saved.get(key);
      String now = identity.get(key);
      if (!String.valueOf(before).equals(String.valueOf(now))) {
        differences.add("  %s was %s, is now %s".formatted(key, before, now));
      }
    }
    if (!differences.isEmpty()) {
      throw MalformedFileException.in(
          path,
          "the run in this folder was started with other settings:\n%s\nRepeat them to go on with it, or start afresh: in another folder, or with --overwrite where the command has it."
              .formatted(String.join("\n", differences)));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
