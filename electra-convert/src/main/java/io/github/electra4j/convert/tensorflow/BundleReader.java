package io.github.electra4j.convert.tensorflow;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads the tensors of a TensorFlow V2 checkpoint bundle. Opening it checks the index and the
 * lengths of all data files; reading a tensor checks its checksum.
 *
 * <pre>{@code
 * try (BundleReader reader = BundleReader.open(Path.of("electra_small/electra_small"))) {
 *   INDArray words = reader.read("electra/embeddings/word_embeddings"); // [vocab, embedding]
 * }
 * }</pre>
 */
public final class BundleReader implements Closeable {
  private final BundleIndex index;
  private final DataFiles files;

  private BundleReader(BundleIndex index, DataFiles files) {
    this.index = index;
    this.files = files;
  }

  /**
   * Opens the bundle {@code PREFIX.index}, {@code PREFIX.data-SSSSS-of-NNNNN}.
   *
   * @throws MalformedFileException if the index is damaged or a data file does not fit it
   * @throws IOException if a file is missing or unreadable
   */
  public static BundleReader open(Path prefix) throws IOException {
    BundleIndex index = BundleIndex.read(prefix);
    return new BundleReader(index, DataFiles.open(index));
  }

  /** Names, types, shapes and places of all tensors. */
  public BundleIndex index() {
    return index;
  }

  /**
   * The tensor of that name as a new row-major array of its own element type; slices of a
   * partitioned variable are joined.
   *
   * @throws IllegalArgumentException if the bundle has no tensor of that name
   * @throws MalformedFileException if the bytes do not match their checksum, or the tensor holds
   *     strings or more than 2 GiB
   */
  public INDArray read(String name) throws IOException {
    TensorEntry entry = numbers(name);
    DataType type = entry.type().dataType().orElseThrow();
    if (entry.size() == 0) {
      fill(entry, ByteBuffer.allocate(0));
      return Nd4j.create(type, entry.shape());
    }
    INDArray array = Nd4j.createUninitialized(type, entry.shape());
    ByteBuffer target = array.data().pointer().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    try {
      fill(entry, target.limit((int) entry.size()));
      return array;
    } finally {
      Reference.reachabilityFence(array);
    }
  }

  /**
   * Several tensors at once, by several threads.
   *
   * @param names each a tensor of the bundle
   * @return the arrays in the order of the names
   * @throws IllegalArgumentException as {@link #read}
   * @throws MalformedFileException as {@link #read}
   */
  public Map<String, INDArray> readAll(Collection<String> names) throws IOException {
    List<TensorEntry> entries = new ArrayList<>();
    for (String name : names) {
      entries.add(numbers(name));
    }
    return ReadingTeam.read(this, entries);
  }

  /**
   * The elements of the tensor of that name as they are stored, row-major and little-endian, in a
   * new direct buffer; slices of a partitioned variable are joined. Needs no backend of ND4J's.
   *
   * @throws IllegalArgumentException as {@link #read}
   * @throws MalformedFileException as {@link #read}
   */
  public ByteBuffer bytes(String name) throws IOException {
    TensorEntry entry = numbers(name);
    ByteBuffer target =
        ByteBuffer.allocateDirect((int) entry.size()).order(ByteOrder.LITTLE_ENDIAN);
    fill(entry, target);
    return target.rewind();
  }

  private TensorEntry numbers(String name) throws MalformedFileException {
    TensorEntry entry = index.tensors().get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "The bundle %s has no tensor %s".formatted(index.prefix(), name));
    }
    TensorPart first = entry.parts().get(0);
    if (entry.type() == TensorType.STRING) {
      throw files.malformed(
          first, "tensor %s holds strings; only numbers can be read".formatted(name));
    }
    if (entry.size() > Integer.MAX_VALUE) {
      throw files.malformed(
          first, "tensor %s has %d bytes; at most 2 GiB can be read".formatted(name, entry.size()));
    }
    return entry;
  }

  private void fill(TensorEntry entry, ByteBuffer target) throws IOException {
    if (entry.partitioned()) {
      for (TensorPart part : entry.parts()) {
        readSlice(entry, part, target);
      }
    } else {
      files.read(entry.name(), entry.parts().get(0), target);
    }
  }

  /** Copies one slice into its place, one run of the last axis at a time. */
  private void readSlice(TensorEntry entry, TensorPart part, ByteBuffer target) throws IOException {
    ByteBuffer slice = ByteBuffer.allocateDirect((int) part.size());
    files.read(entry.name(), part, slice);
    if (part.size() == 0) {
      return;
    }
    int width = entry.type().width();
    int last = entry.shape().length - 1;
    int run = (int) part.shape()[last] * width;
    long[] at = new long[last + 1];
    for (int from = 0; from < part.size(); from += run) {
      long flat = 0;
      for (int axis = 0; axis <= last; axis++) {
        flat = flat * entry.shape()[axis] + part.start()[axis] + at[axis];
      }
      target.put((int) (flat * width), slice, from, run);
      for (int axis = last - 1; axis >= 0 && ++at[axis] == part.shape()[axis]; axis--) {
        at[axis] = 0;
      }
    }
  }

  /**
   * Reads every number of the bundle once and checks all checksums, without keeping anything.
   *
   * @throws MalformedFileException at the first tensor whose bytes do not match
   */
  public void verify() throws IOException {
    for (TensorEntry entry : index.tensors().values()) {
      if (entry.type() != TensorType.STRING) {
        read(entry.name()).close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
