package io.github.electra4j.tensorflowcheck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.electra4j.convert.tensorflow.BundleIndex;
import io.github.electra4j.convert.tensorflow.BundleReader;
import io.github.electra4j.convert.tensorflow.BundleWriter;
import io.github.electra4j.convert.tensorflow.TensorEntry;
import io.github.electra4j.convert.tensorflow.TensorType;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.OptimizerState;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.exceptions.TensorFlowException;

/** Every bit, NaNs and their payloads included, passes between TensorFlow and this project. */
class TensorFlowAgreementTest {
  @TempDir Path folder;

  @Test
  void tensorFlowRestoresWhatIsWrittenHere() throws IOException {
    for (ElectraConfig config : List.of(ElectraConfig.tiny(97), ElectraConfig.small())) {
      List<RawNumbers> tensors = modelWithOptimizer(config);
      Path prefix = folder.resolve("ours-" + config.vocabSize());
      write(prefix, tensors);
      requireEqual(tensors, TensorFlowBundles.restore(prefix, BundleIndex.read(prefix)));
    }
  }

  @Test
  void whatTensorFlowSavesIsReadHereAndWrittenAgainToTheByte() throws IOException {
    List<RawNumbers> tensors = modelWithOptimizer(ElectraConfig.small());
    Path theirs = folder.resolve("model.ckpt-77");
    TensorFlowBundles.save(theirs, tensors);
    for (RawNumbers tensor : tensors) {
      requireRead(theirs, tensor);
    }
    Path ours = Files.createDirectory(folder.resolve("ours")).resolve("model.ckpt-77");
    write(ours, tensors);
    assertEquals(-1, Files.mismatch(BundleIndex.indexFile(theirs), BundleIndex.indexFile(ours)));
    assertEquals(
        -1, Files.mismatch(BundleIndex.dataFile(theirs, 0, 1), BundleIndex.dataFile(ours, 0, 1)));
  }

  @Test
  void everyTypeAndEmptyTensorsPassBothWays() throws IOException {
    Random random = new Random(5);
    List<RawNumbers> tensors = new ArrayList<>();
    for (TensorType type : NumberTypes.all()) {
      tensors.add(numbers(type + "/matrix", type, random, 3, 5));
      tensors.add(numbers(type + "/none", type, random, 0, 3));
      tensors.add(numbers(type + "/scalar", type, random));
    }
    tensors.sort(Comparator.comparing(RawNumbers::name));
    Path ours = folder.resolve("ours");
    write(ours, tensors);
    requireEqual(tensors, TensorFlowBundles.restore(ours, BundleIndex.read(ours)));
    Path theirs = folder.resolve("theirs");
    TensorFlowBundles.save(theirs, tensors);
    for (RawNumbers tensor : tensors) {
      requireRead(theirs, tensor);
    }
  }

  @Test
  void slicesOfTensorFlowsAreJoined() throws IOException {
    RawNumbers whole = numbers("sliced", TensorType.FLOAT, new Random(6), 7, 12);
    List<RawNumbers> slices = new ArrayList<>();
    for (int[] rows : new int[][] {{0, 4}, {4, 3}}) {
      for (int[] columns : new int[][] {{0, 5}, {5, 7}}) {
        slices.add(slice(whole, rows, columns));
      }
    }
    Path theirs = folder.resolve("sliced");
    TensorFlowBundles.save(theirs, slices);
    requireRead(theirs, whole);
  }

  @Test
  void bothNoticeADamagedByte() throws IOException {
    Path prefix = folder.resolve("damaged");
    write(prefix, List.of(numbers("x", TensorType.FLOAT, new Random(7), 100)));
    try (FileChannel data =
        FileChannel.open(BundleIndex.dataFile(prefix, 0, 1), StandardOpenOption.WRITE)) {
      data.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 40);
    }
    BundleIndex index = BundleIndex.read(prefix);
    assertThrows(TensorFlowException.class, () -> TensorFlowBundles.restore(prefix, index));
    try (BundleReader reader = BundleReader.open(prefix)) {
      assertThrows(IOException.class, () -> reader.bytes("x"));
    }
  }

  private static RawNumbers slice(RawNumbers whole, int[] rows, int[] columns) {
    int width = (int) whole.shape()[1];
    ByteBuffer bytes = ByteBuffer.allocate(4 * rows[1] * columns[1]);
    for (int row = rows[0]; row < rows[0] + rows[1]; row++) {
      bytes.put(whole.bytes(), 4 * (row * width + columns[0]), 4 * columns[1]);
    }
    String spec =
        "%d %d %d,%d:%d,%d"
            .formatted(whole.shape()[0], width, rows[0], rows[1], columns[0], columns[1]);
    long[] shape = {rows[1], columns[1]};
    return new RawNumbers(whole.name(), whole.type(), shape, spec, bytes.array());
  }

  /** All weights with moments and the step, in the order of TensorFlow's own saver. */
  private static List<RawNumbers> modelWithOptimizer(ElectraConfig config) {
    Random random = new Random(3);
    List<RawNumbers> tensors = new ArrayList<>();
    for (TensorSpec spec : TensorLayout.of(config)) {
      tensors.add(numbers(spec.name(), TensorType.FLOAT, random, spec.shape()));
      tensors.add(
          numbers(OptimizerState.firstMoment(spec.name()), TensorType.FLOAT, random, spec.shape()));
      tensors.add(
          numbers(
              OptimizerState.secondMoment(spec.name()), TensorType.FLOAT, random, spec.shape()));
    }
    tensors.add(numbers("global_step", TensorType.INT64, random));
    tensors.sort(Comparator.comparing(RawNumbers::name));
    return tensors;
  }

  /** Any bits at all, except that truth values are 0 or 1. */
  private static RawNumbers numbers(String name, TensorType type, Random random, long... shape) {
    long length = type.width();
    for (long axis : shape) {
      length *= axis;
    }
    byte[] bytes = new byte[(int) length];
    random.nextBytes(bytes);
    if (type == TensorType.BOOL) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] &= 1;
      }
    }
    return new RawNumbers(name, type, shape, "", bytes);
  }

  private static void write(Path prefix, List<RawNumbers> tensors) throws IOException {
    try (BundleWriter writer = BundleWriter.create(prefix)) {
      for (RawNumbers tensor : tensors) {
        writer.add(tensor.name(), tensor.type(), tensor.shape(), ByteBuffer.wrap(tensor.bytes()));
      }
      writer.finish();
    }
  }

  private static void requireEqual(List<RawNumbers> wanted, Map<String, byte[]> found) {
    assertEquals(wanted.size(), found.size());
    for (RawNumbers tensor : wanted) {
      assertArrayEquals(tensor.bytes(), found.get(tensor.name()), tensor.name());
    }
  }

  private static void requireRead(Path prefix, RawNumbers wanted) throws IOException {
    try (BundleReader reader = BundleReader.open(prefix)) {
      TensorEntry entry = reader.index().tensors().get(wanted.name());
      assertEquals(wanted.type(), entry.type(), wanted.name());
      assertArrayEquals(wanted.shape(), entry.shape(), wanted.name());
      ByteBuffer bytes = reader.bytes(wanted.name());
      assertEquals(ByteOrder.LITTLE_ENDIAN, bytes.order());
      byte[] found = new byte[bytes.remaining()];
      bytes.get(found);
      assertArrayEquals(wanted.bytes(), found, wanted.name());
    }
  }
}
