package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.AtomicFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The answers to the examples of tasks, as {@code --samples} writes and {@code compare} reads them:
 * a JSON object per line with {@code task}, {@code id}, {@code gold} and {@code answer}. Written as
 * they come; the file appears with {@link #commit}.
 */
final class SampleFile implements Closeable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int BLOCK = 1 << 16;

  private final AtomicFile file;
  private final StringBuilder waiting = new StringBuilder();

  private SampleFile(AtomicFile file) {
    this.file = file;
  }

  /** Starts a file; see {@link AtomicFile#create}. */
  static SampleFile create(Path path, boolean overwrite) throws IOException {
    return new SampleFile(AtomicFile.create(path, overwrite));
  }

  /** Adds an answer. */
  void add(String task, ScoreListener.Sample sample) throws IOException {
    waiting
        .append(
            MAPPER
                .createObjectNode()
                .put("task", task)
                .put("id", sample.id())
                .put("gold", sample.gold())
                .put("answer", sample.answer()))
        .append('\n');
    if (waiting.length() >= BLOCK) {
      flush();
    }
  }

  private void flush() throws IOException {
    file.write(waiting.toString().getBytes(StandardCharsets.UTF_8));
    waiting.setLength(0);
  }

  /** Puts the file in its place. */
  void commit() throws IOException {
    flush();
    file.commit();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
