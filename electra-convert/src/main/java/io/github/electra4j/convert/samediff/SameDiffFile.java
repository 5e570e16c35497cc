package io.github.electra4j.convert.samediff;

import io.github.electra4j.convert.samediff.FlatBytes.Vector;
import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.convert.tensor.TensorMemory;
import io.github.electra4j.convert.tensor.TensorSource;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The trainable variables of a SameDiff file (FlatBuffers, {@code .fb}). The graph itself is not
 * looked at, and nothing of ND4J's own reader is used, which trusts what it reads.
 */
public final class SameDiffFile implements TensorSource {
  private static final int GRAPH_VARIABLES = 1;
  private static final int VARIABLE_NAME = 1;
  private static final int VARIABLE_ARRAY = 4;
  private static final int VARIABLE_KIND = 6;
  private static final int ARRAY_SHAPE = 0;
  private static final int ARRAY_NUMBERS = 1;
  private static final int ARRAY_TYPE = 2;
  private static final int ARRAY_ORDER = 3;
  private static final int BIG_ENDIAN = 1;

  /** The kind of a variable that training changes. */
  private static final int TRAINABLE = 0;

  private static final int MAX_RANK = 32;
  private static final int FORTRAN_ORDER = 'f';

  private static final Map<Integer, DataType> TYPES =
      Map.of(
          3,
          DataType.FLOAT16,
          17,
          DataType.BFLOAT16,
          5,
          DataType.FLOAT,
          6,
          DataType.DOUBLE,
          9,
          DataType.INT32,
          10,
          DataType.INT64);

  /** Where a tensor's numbers are, and how they lie. */
  private record Place(StoredTensor tensor, long start, ByteOrder order, boolean columnsFirst) {}

  private final FlatBytes bytes;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private SameDiffFile(FlatBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Opens a file and checks the table of its variables.
   *
   * @throws MalformedFileException if it is damaged
   */
  public static SameDiffFile open(Path file) throws IOException {
    FlatBytes bytes = FlatBytes.open(file);
    try {
      SameDiffFile source = new SameDiffFile(bytes);
      source.readTable();
      return source;
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private void readTable() throws IOException {
    FlatTable graph = bytes.table(0);
    Optional<Vector> variables = graph.vector(GRAPH_VARIABLES, Integer.BYTES);
    if (variables.isEmpty()) {
      throw bytes.damaged(graph.start(), "there are no variables");
    }
    long numbers = 0;
    for (int i = 0; i < variables.get().count(); i++) {
      FlatTable variable = bytes.table(variables.get().at(i));
      Optional<FlatTable> array = variable.table(VARIABLE_ARRAY);
      if (variable.int8(VARIABLE_KIND) == TRAINABLE && array.isPresent()) {
        numbers += add(name(variable), array.get());
      }
      if (numbers > bytes.size()) { // arrays that lie on one another
        throw bytes.damaged(variable.start(), "the variables are larger than the file");
      }
    }
  }

  private String name(FlatTable variable) throws IOException {
    String name =
        variable
            .text(VARIABLE_NAME)
            .orElseThrow(() -> bytes.damaged(variable.start(), "a variable has no name"));
    if (places.containsKey(name)) {
      throw bytes.damaged(variable.start(), "the variable %s is there twice".formatted(name));
    }
    return name;
  }

  /** Takes note of a variable; the bytes of its numbers. */
  private long add(String name, FlatTable array) throws IOException {
    DataType type = TYPES.get(array.int8(ARRAY_TYPE));
    if (type == null) {
      throw bytes.damaged(
          array.start(),
          "%s is of ND4J's type %d, which no weight has".formatted(name, array.int8(ARRAY_TYPE)));
    }
    Vector descriptor =
        array
            .vector(ARRAY_SHAPE, Long.BYTES)
            .orElseThrow(() -> bytes.damaged(array.start(), name + " has no shape"));
    long[] words = words(name, descriptor);
    long[] shape = Arrays.copyOfRange(words, 1, 1 + (int) words[0]);
    long size = size(name, array, shape, type);
    Optional<Vector> numbers = array.vector(ARRAY_NUMBERS, 1);
    long found = numbers.map(Vector::bytes).orElse(0L);
    if (found != size) {
      throw bytes.damaged(
          array.start(),
          "%s %s %s has %d bytes, not %d"
              .formatted(name, type, Arrays.toString(shape), found, size));
    }
    StoredTensor tensor = new StoredTensor(name, type, shape);
    ByteOrder order =
        array.int8(ARRAY_ORDER) == BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    boolean columnsFirst = words[words.length - 1] == FORTRAN_ORDER && shape.length > 1;
    places.put(name, new Place(tensor, numbers.map(Vector::start).orElse(0L), order, columnsFirst));
    tensors.put(name, tensor);
    return size;
  }

  /** ND4J's description of an array: rank, shape, strides, three more numbers. */
  private long[] words(String name, Vector descriptor) throws IOException {
    int most = 2 * MAX_RANK + 4;
    if (descriptor.count() < 4 || descriptor.count() > most) {
      throw bytes.damaged(
          descriptor.start(), "%s has a shape of %d numbers".formatted(name, descriptor.count()));
    }
    long[] words = new long[descriptor.count()];
    bytes.read(descriptor.start(), Math.toIntExact(descriptor.bytes())).asLongBuffer().get(words);
    if (words[0] < 0 || words[0] > MAX_RANK || words.length != 2 * words[0] + 4) {
      throw bytes.damaged(
          descriptor.start(),
          "%s has %d axes in a shape of %d numbers".formatted(name, words[0], words.length));
    }
    return words;
  }

  private long size(String name, FlatTable array, long[] shape, DataType type)
      throws MalformedFileException {
    long size = type.width();
    for (long axis : shape) {
      if (axis < 0 || (axis > 0 && size > TensorMemory.MOST_BYTES / axis)) {
        throw bytes.damaged(
            array.start(), "%s has the shape %s".formatted(name, Arrays.toString(shape)));
      }
      size *= axis;
    }
    return size;
  }

  @Override
  public String name() {
    return bytes.file().toString();
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public INDArray read(String name) throws IOException {
    Place place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException("%s has no variable %s".formatted(name(), name));
    }
    long[] shape = place.tensor().shape();
    long[] stored = place.columnsFirst() ? reversed(shape) : shape;
    INDArray array = TensorMemory.allocate(place.tensor().type(), stored);
    if (!array.isEmpty()) {
      fill(array, place);
    }
    return place.columnsFirst() ? array.transpose().dup('c') : array;
  }

  private void fill(INDArray array, Place place) throws IOException {
    try {
      ByteBuffer target = TensorMemory.bytes(array);
      bytes.fill(place.start(), target);
      if (place.order() == ByteOrder.BIG_ENDIAN) {
        turn(target.flip(), place.tensor().type().width());
      }
    } finally {
      Reference.reachabilityFence(array);
    }
  }

  /** Big-endian numbers to little-endian ones, in place. */
  private static void turn(ByteBuffer bytes, int width) {
    ByteBuffer big = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
    ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    while (big.hasRemaining()) {
      switch (width) {
        case Short.BYTES -> little.putShort(big.getShort());
        case Integer.BYTES -> little.putInt(big.getInt());
        default -> little.putLong(big.getLong());
      }
    }
  }

  private static long[] reversed(long[] shape) {
    long[] reversed = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      reversed[i] = shape[shape.length - 1 - i];
    }
    return reversed;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
