package io.github.electra4j.convert;

import io.github.electra4j.convert.tensor.TensorSource;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The formats of weight files, damaged and read. */
enum FuzzedFormat {
  /** {@code model.safetensors}. */
  SAFETENSORS("model.safetensors") {
    @Override
    int[] zones(byte[] bytes) {
      long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
      return new int[] {0, (int) (8 + header)};
    }
  },
  /** The index of a model in parts. */
  INDEX("model.safetensors.index.json") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      Files.copy(generator("model.safetensors"), folder.resolve("part-1.safetensors"));
      StringBuilder json = new StringBuilder("{\"metadata\":{\"total_size\":1},\"weight_map\":{");
      try (TensorSource source = WeightFormats.open(generator("model.safetensors"))) {
        for (String name : source.tensors().keySet()) {
          json.append("\"%s\":\"part-1.safetensors\",".formatted(name));
        }
      }
      json.setLength(json.length() - 1);
      return json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
    }
  },
  /** {@code pytorch_model.bin}, a zip archive. */
  ZIP("pytorch_model.bin") {
    @Override
    int[] zones(byte[] bytes) {
      return new int[] {0, 5200, bytes.length - 3200, bytes.length};
    }
  },
  /** {@code pytorch_model.bin} as before PyTorch 1.6. */
  LEGACY("pytorch_model_legacy.bin") {
    @Override
    int[] zones(byte[] bytes) {
      return new int[] {0, 6400};
    }
  },
  /** {@code tf_model.h5}. */
  HDF5("tf_model.h5"),
  /** {@code model.fb} of SameDiff. */
  SAMEDIFF("model.fb") {
    @Override
    byte[] undamaged(Path folder) throws IOException {
      return Files.readAllBytes(SameDiffTiny.write(folder.resolve("good")).resolve("model.fb"));
    }
  };

  /** Heap that a reader may use whatever the size of the file. */
  private static final long FIXED_HEAP = 64L << 20;

  private static final long HEAP_PER_BYTE = 200;

  private final String file;

  FuzzedFormat(String file) {
    this.file = file;
  }

  /** Stretches of a file that describe the others. */
  int[] zones(byte[] bytes) {
    return new int[0];
  }

  /** A good file of this format; others that it needs are put into {@code folder}. */
  byte[] undamaged(Path folder) throws IOException {
    return Files.readAllBytes(generator(file));
  }

  static Path generator(String name) {
    return HuggingFaceTiny.folder().resolve("generator").resolve(name);
  }

  /**
   * Reads {@code count} damaged files.
   *
   * @return how many of them were accepted
   * @throws AssertionError naming the seed and the number of the first that was neither accepted
   *     nor refused as it should be
   */
  int run(Path folder, int count, long seed) throws IOException {
    byte[] whole = undamaged(folder);
    Mutation mutation = new Mutation(whole, zones(whole), new Random(seed));
    Path path = folder.resolve(file);
    Files.write(path, whole);
    if (!read(path, whole.length, this + " undamaged")) {
      throw new AssertionError(this + ": the undamaged file was refused");
    }
    int accepted = 0;
    for (int i = 0; i < count; i++) {
      byte[] damaged = mutation.next();
      Files.write(path, damaged);
      String where = "%s seed=%d mutant=%d".formatted(this, seed, i);
      if (read(path, damaged.length, where)) {
        accepted++;
      }
    }
    return accepted;
  }

  private static boolean read(Path path, int size, String where) throws IOException {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    boolean accepted;
    try (TensorSource source = WeightFormats.open(path)) {
      for (String name : source.tensors().keySet()) {
        source.read(name).close();
      }
      accepted = true;
    } catch (MalformedFileException e) {
      if (!e.getMessage().contains(path.getParent().toString())) {
        throw new AssertionError(where + ": the message does not name the file: " + e.getMessage());
      }
      accepted = false;
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(where + ": " + e, e);
    }
    long used = threads.getCurrentThreadAllocatedBytes() - before;
    if (used > FIXED_HEAP + HEAP_PER_BYTE * size) {
      throw new AssertionError(
          "%s: %,d bytes of heap for a file of %,d".formatted(where, used, size));
    }
    return accepted;
  }
}
