package io.github.electra4j.convert.hdf5;

import io.github.electra4j.convert.tensor.FileStretch;
import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.model.storage.MalformedFileException;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Reads the tables of a Keras file in Java: groups, attributes, and the header of every weight.
 * Only what Keras writes is let through: plain groups, weights of floating-point numbers that lie
 * in one piece in this very file.
 */
final class KerasTable {
  private static final String LAYERS = "layer_names";
  private static final String WEIGHTS = "weight_names";
  private static final int MOST_AXES = 32;
  private static final int MOST_PARTS = 1000;

  private final Path file;
  private final long size;
  private final Map<String, KerasDataset> datasets = new LinkedHashMap<>();

  private KerasTable(Path file, long size) {
    this.file = file;
    this.size = size;
  }

  /**
   * The weights of a file by name, in the file's order.
   *
   * @throws MalformedFileException if anything is damaged or not as Keras writes it
   */
  static Map<String, KerasDataset> read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw MalformedFileException.in(
            file,
            "the file has %d bytes; at most 2 GiB can be read. Use model.safetensors or pytorch_model.bin."
                .formatted(channel.size()));
      }
      // mapped, a file cannot make the reader allocate what its tables only claim
      MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return read(file, bytes);
    }
  }

  private static Map<String, KerasDataset> read(Path file, ByteBuffer bytes)
      throws MalformedFileException {
    KerasTable table = new KerasTable(file, bytes.limit());
    try (HdfFile hdf = HdfFile.fromByteBuffer(bytes)) {
      table.readLayers(hdf);
      table.requireApart();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError | InternalError e) {
      throw MalformedFileException.in(
          file,
          "this HDF5 file cannot be read: %s. It is damaged or no HDF5 file; get it again."
              .formatted(e),
          e);
    }
    return table.datasets;
  }

  private void readLayers(HdfFile hdf) throws MalformedFileException {
    for (String layer : names(hdf, LAYERS)) {
      Node node = hdf.getChild(layer);
      if (!(node instanceof Group group) || node.isLink()) {
        throw wrong("layer %s is listed, but there is no such group".formatted(layer));
      }
      for (String weight : names(group, WEIGHTS)) {
        Node found = descend(group, weight);
        if (!(found instanceof ContiguousDataset dataset)) {
          throw wrong(
              "weight %s of layer %s is %s; one array of numbers in one piece, uncompressed, was expected"
                  .formatted(weight, layer, found == null ? "missing" : "of another kind"));
        }
        if (datasets.put(weight, check(weight, dataset)) != null) {
          throw wrong("weight %s is listed twice".formatted(weight));
        }
      }
    }
  }

  /** No two weights share a byte, neither by their addresses nor as one weight of two names. */
  private void requireApart() throws MalformedFileException {
    Optional<String> overlap =
        FileStretch.overlap(
            datasets.values().stream()
                .map(
                    dataset ->
                        new FileStretch(
                            "weight " + dataset.tensor().name(), dataset.data(), dataset.bytes()))
                .toList());
    if (overlap.isPresent()) {
      throw wrong(overlap.get());
    }
  }

  /** The node at a path, link by link; null if there is none. */
  private Node descend(Group group, String path) throws MalformedFileException {
    Node node = group;
    for (String step : path.split("/", -1)) {
      node = node instanceof Group inner ? inner.getChild(step) : null;
      if (node == null) {
        return null;
      }
      if (node.isLink()) {
        throw wrong("%s is a link to another place; only plain groups are read".formatted(path));
      }
    }
    return node;
  }

  private KerasDataset check(String name, ContiguousDataset dataset) throws MalformedFileException {
    if (!(dataset.getDataType() instanceof FloatingPoint type)
        || type.getByteOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw wrong("weight %s is not of little-endian floating-point numbers".formatted(name));
    }
    DataType element =
        switch (type.getSize()) {
          case 2 -> DataType.FLOAT16;
          case 4 -> DataType.FLOAT;
          case 8 -> DataType.DOUBLE;
          default ->
              throw wrong(
                  "weight %s has numbers of %d bytes; 2, 4 and 8 can be read"
                      .formatted(name, type.getSize()));
        };
    if (!dataset.getFilters().isEmpty()) {
      throw wrong("weight %s is compressed".formatted(name));
    }
    long[] shape = shape(name, dataset);
    long bytes = type.getSize();
    for (long axis : shape) {
      bytes = Math.multiplyExact(bytes, axis);
    }
    long data = bytes == 0 ? 0 : dataset.getDataAddress();
    if (data < 0 || bytes > size || data > size - bytes || dataset.getStorageInBytes() < bytes) {
      throw wrong(
          "weight %s has %d bytes from %d on, but the file ends at %d"
              .formatted(name, bytes, data, size));
    }
    return new KerasDataset(new StoredTensor(name, element, shape), dataset.getPath(), data, bytes);
  }

  private long[] shape(String name, Dataset dataset) throws MalformedFileException {
    long[] shape = dataset.isScalar() ? new long[0] : dataset.getDimensionsAsLong();
    if (shape.length > MOST_AXES) {
      throw wrong("weight %s has %d axes".formatted(name, shape.length));
    }
    for (long axis : shape) {
      if (axis < 0) {
        throw wrong("weight %s has an axis of length %d".formatted(name, axis));
      }
    }
    return shape;
  }

  /** A list of names, which Keras splits into numbered attributes when it is long. */
  private List<String> names(Node node, String key) throws MalformedFileException {
    Map<String, Attribute> attributes = node.getAttributes();
    if (attributes.containsKey(key)) {
      return texts(node, attributes.get(key));
    }
    List<String> names = new ArrayList<>();
    for (int part = 0; attributes.containsKey(key + part); part++) {
      if (part == MOST_PARTS) {
        throw wrong("%s of %s is in more than %d parts".formatted(key, node.getPath(), MOST_PARTS));
      }
      names.addAll(texts(node, attributes.get(key + part)));
    }
    if (names.isEmpty()) {
      throw wrong(
          "%s has no attribute %s, so this is not one of the files that Keras's save_weights writes"
              .formatted(node.getPath(), key));
    }
    return names;
  }

  private List<String> texts(Node node, Attribute attribute) throws MalformedFileException {
    if (attribute.isEmpty() || attribute.getSize() == 0) {
      return List.of();
    }
    long cells = attribute.getSize();
    if (cells < 0 || cells > size || attribute.getSizeInBytes() > size) {
      throw wrong(
          "attribute %s of %s claims %d texts, more than the file can hold"
              .formatted(attribute.getName(), node.getPath(), cells));
    }
    if (!(attribute.getData() instanceof String[] texts)) {
      throw wrong(
          "attribute %s of %s is no list of texts".formatted(attribute.getName(), node.getPath()));
    }
    return List.of(texts);
  }

  private MalformedFileException wrong(String problem) {
    return MalformedFileException.in(
        file, problem + ". The file is damaged or not Keras's; get it again.");
  }
}
