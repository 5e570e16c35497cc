package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.storage.AtomicFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Vectors of texts, written as they come to standard output or to a file, which appears whole or
 * not at all. A NumPy file begins with the number of vectors, so that they wait for the last.
 */
final class VectorWriter implements Closeable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int NPY_START = 10; // bytes before the header's text
  private static final int NPY_ALIGNMENT = 64;

  private final Console console;
  private final Optional<AtomicFile> file;
  private final Format format;
  private final int width;
  private final List<float[]> waiting = new ArrayList<>();

  /** How vectors are written. */
  enum Format {
    /** An object per line, with text and vector. */
    JSONL,
    /** Numbers alone, a vector per line. */
    CSV,
    /** A NumPy file, float32 [vectors, width]; not for standard output. */
    NPY
  }

  private VectorWriter(Console console, Optional<AtomicFile> file, Format format, int width) {
    this.console = console;
    this.file = file;
    this.format = format;
    this.width = width;
  }

  /**
   * Starts to write.
   *
   * @param path the file; standard output if empty, not for NPY
   * @param width numbers of a vector
   * @param overwrite whether a file that is there may be replaced
   * @throws java.nio.file.FileAlreadyExistsException if there is one that may not
   */
  static VectorWriter open(
      Console console, Optional<Path> path, Format format, int width, boolean overwrite)
      throws IOException {
    Optional<AtomicFile> file =
        path.isPresent() ? Optional.of(AtomicFile.create(path.get(), overwrite)) : Optional.empty();
    return new VectorWriter(console, file, format, width);
  }

  /** Adds the vector of a text. */
  void add(String text, float[] vector) throws IOException {
    if (format == Format.NPY) {
      waiting.add(vector);
      return;
    }
    String line = format == Format.CSV ? csv(vector) : jsonLine(text, vector);
    if (file.isPresent()) {
      file.get().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } else {
      console.data(line);
    }
  }

  /** Puts the file in its place. */
  void commit() throws IOException {
    if (format == Format.NPY) {
      file.orElseThrow().write(npyHeader(waiting.size(), width));
      for (float[] vector : waiting) {
        ByteBuffer row = ByteBuffer.allocate(Float.BYTES * width).order(ByteOrder.LITTLE_ENDIAN);
        row.asFloatBuffer().put(vector);
        file.orElseThrow().write(row.array());
      }
    }
    if (file.isPresent()) {
      file.get().commit();
    }
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  private static String csv(float[] vector) {
    StringBuilder line = new StringBuilder();
    for (float value : vector) {
      line.append(line.isEmpty() ? "" : ",").append(value);
    }
    return line.toString();
  }

  private static String jsonLine(String text, float[] vector) {
    ObjectNode node = MAPPER.createObjectNode().put("text", text);
    node.set("vector", MAPPER.valueToTree(vector));
    return node.toString();
  }

  /** NumPy's format 1.0: magic, length of the header's text, text up to a multiple of 64. */
  private static byte[] npyHeader(int vectors, int width) {
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(vectors, width);
    int shortest = NPY_START + text.length() + 1;
    int length = (shortest + NPY_ALIGNMENT - 1) / NPY_ALIGNMENT * NPY_ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.put("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
    header.putShort((short) (length - NPY_START));
    header.put((text + " ".repeat(length - shortest) + "\n").getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }
}
