package io.github.electra4j.model.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A file of named tensors in the safetensors format: eight bytes with the header's length, the
 * header in JSON, then the elements, little-endian and row-major, without gaps.
 *
 * <p>Opening reads and checks the header only; tensors are read one by one, from the file straight
 * into native memory. No channel stays open.
 *
 * <pre>{@code
 * SafetensorsFile.write(path, Map.of("x", Nd4j.zeros(2, 3)), Map.of(), false);
 * INDArray x = SafetensorsFile.open(path).read("x");
 * }</pre>
 */
public final class SafetensorsFile {
  private static final String CHECKSUM = "crc32c/";

  private final Path file;
  private final long fileLength;
  private final long dataStart;
  private final Map<String, String> metadata;
  private final Map<String, SafetensorsEntry> entries;

  private SafetensorsFile(Path file, long fileLength, long dataStart, SafetensorsHeader header) {
    this.file = file;
    this.fileLength = fileLength;
    this.dataStart = dataStart;
    this.metadata = Collections.unmodifiableMap(header.metadata());
    Map<String, SafetensorsEntry> byName = new LinkedHashMap<>();
    header.entries().forEach(entry -> byName.put(entry.name(), entry));
    this.entries = Collections.unmodifiableMap(byName);
  }

  /**
   * Reads and checks the header.
   *
   * @throws MalformedFileException if the file is no safetensors file, cut off or damaged
   */
  public static SafetensorsFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = channel.size();
      ByteBuffer prefix = ByteBuffer.allocate(SafetensorsHeader.PREFIX);
      fill(channel, prefix, 0, file);
      long headerLength = prefix.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
      long room = length - SafetensorsHeader.PREFIX;
      if (headerLength < 0 || headerLength > room || headerLength > SafetensorsHeader.LONGEST) {
        throw MalformedFileException.at(
            file,
            0,
            "a header of %s bytes is announced, but %d follow and at most %d are read. This is no safetensors file, or it is cut off."
                .formatted(Long.toUnsignedString(headerLength), room, SafetensorsHeader.LONGEST));
      }
      ByteBuffer text = ByteBuffer.allocate((int) headerLength);
      fill(channel, text, SafetensorsHeader.PREFIX, file);
      SafetensorsHeader header = SafetensorsHeaderReader.read(file, text.array());
      long dataStart = SafetensorsHeader.PREFIX + headerLength;
      header.requireSeamless(file, dataStart, length - dataStart);
      return new SafetensorsFile(file, length, dataStart, header);
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** The tensors by name, in the header's order; unmodifiable. */
  public Map<String, SafetensorsEntry> entries() {
    return entries;
  }

  /** The free texts of the header; unmodifiable, often empty. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Reads one tensor.
   *
   * @return a dense row-major array of the caller's own, of type {@link SafetensorsType#readAs}
   * @throws IllegalArgumentException if the file has no tensor of that name
   * @throws MalformedFileException if the file has changed since it was opened, or if the tensor
   *     does not have the checksum on record
   */
  public INDArray read(String name) throws IOException {
    SafetensorsEntry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "%s has no tensor %s; it has %s".formatted(file, name, entries.keySet()));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel, entry);
    }
  }

  /** Reads all tensors, in the header's order. */
  public Map<String, INDArray> readAll() throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (SafetensorsEntry entry : entries.values()) {
        arrays.put(entry.name(), read(channel, entry));
      }
    }
    return arrays;
  }

  /**
   * Writes a file, complete or not at all.
   *
   * @param tensors FLOAT, DOUBLE, BOOL or whole numbers of 1 to 8 bytes, in the order to write
   * @param metadata free texts for the header
   * @param overwrite whether a file that is there may be replaced
   * @throws IllegalArgumentException if a tensor has another type
   */
  public static void write(
      Path file, Map<String, INDArray> tensors, Map<String, String> metadata, boolean overwrite)
      throws IOException {
    stream(file, supplies(tensors), metadata, overwrite);
  }

  /** As {@link #write(Path, Map, Map, boolean)}, into an open channel, which stays open. */
  public static void write(
      WritableByteChannel channel, Map<String, INDArray> tensors, Map<String, String> metadata)
      throws IOException {
    stream(channel, supplies(tensors), metadata);
  }

  /** As {@link #write(Path, Map, Map, boolean)}, with one tensor at a time in memory. */
  public static void stream(
      Path file, Map<String, TensorSupply> tensors, Map<String, String> metadata, boolean overwrite)
      throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter(tensors, metadata);
    try (AtomicFile target = AtomicFile.create(file, overwrite)) {
      writer.writeTo(target.channel());
      target.commit();
    }
  }

  /** As {@link #write(WritableByteChannel, Map, Map)}, with one tensor at a time in memory. */
  public static void stream(
      WritableByteChannel channel, Map<String, TensorSupply> tensors, Map<String, String> metadata)
      throws IOException {
    new SafetensorsWriter(tensors, metadata).writeTo(channel);
  }

  /** Arrays in memory as what is to be written. */
  private static Map<String, TensorSupply> supplies(Map<String, INDArray> tensors) {
    Map<String, TensorSupply> supplies = new LinkedHashMap<>();
    tensors.forEach((name, array) -> supplies.put(name, TensorSupply.of(array)));
    return supplies;
  }

  /**
   * Metadata that lets {@link #read} notice damaged elements, which the format itself cannot: per
   * tensor {@code X} the key {@code crc32c/X} with the CRC-32C of its bytes in hexadecimal. Every
   * tensor is used once.
   */
  public static Map<String, String> checksums(Map<String, TensorSupply> tensors)
      throws IOException {
    Map<String, String> checksums = new LinkedHashMap<>();
    for (Map.Entry<String, TensorSupply> each : tensors.entrySet()) {
      each.getValue()
          .with(
              array ->
                  checksums.put(
                      CHECKSUM + each.getKey(), "%08x".formatted(TensorBytes.checksum(array))));
    }
    return checksums;
  }

  private INDArray read(FileChannel channel, SafetensorsEntry entry) throws IOException {
    if (channel.size() != fileLength) {
      throw changed(channel.size());
    }
    INDArray array = Nd4j.createUninitialized(entry.type().storedAs(), entry.shape());
    long size = entry.end() - entry.begin();
    if (size > 0 && TensorBytes.read(channel, dataStart + entry.begin(), array) < size) {
      throw changed(channel.size());
    }
    requireIntact(entry, array);
    if (!entry.type().isNarrowFloat()) {
      return array;
    }
    INDArray wide = array.castTo(entry.type().readAs());
    if (!array.isEmpty()) {
      array.close();
    }
    return wide;
  }

  private void requireIntact(SafetensorsEntry entry, INDArray array) throws MalformedFileException {
    String expected = metadata.get(CHECKSUM + entry.name());
    if (expected != null) {
      String actual = "%08x".formatted(TensorBytes.checksum(array));
      if (!actual.equals(expected)) {
        throw MalformedFileException.at(
            file,
            dataStart + entry.begin(),
            "the bytes of tensor %s have the checksum %s, but %s is on record. The file is damaged, get it again; or another tool has changed it and kept the record, remove that."
                .formatted(entry.name(), actual, expected));
      }
    }
  }

  private MalformedFileException changed(long lengthNow) {
    return MalformedFileException.in(
        file,
        "the file had %d bytes when it was opened and has %d now. Something else writes to it; try again when that is done."
            .formatted(fileLength, lengthNow));
  }

  private static void fill(FileChannel channel, ByteBuffer target, long position, Path file)
      throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target, position + target.position()) < 0) {
        throw MalformedFileException.at(
            file,
            position + target.position(),
            "the file ends here; at least %d bytes more were expected. It is cut off; get it again."
                .formatted(target.remaining()));
      }
    }
  }
}
