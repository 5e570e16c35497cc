package io.github.electra4j.convert.pytorch;

import io.github.electra4j.convert.pytorch.PickleValue.Dictionary;
import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.convert.tensor.TensorMemory;
import io.github.electra4j.convert.tensor.TensorSource;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A file of PyTorch's {@code torch.save}, with a dictionary of tensors: {@code pytorch_model.bin}.
 *
 * <p>Such a file is a program that Python runs. Here a small machine reads it that builds tensors
 * and nothing else; a file that asks for more is refused with the name of what it asks for.
 *
 * <pre>{@code
 * try (TorchFile file = TorchFile.open(Path.of("pytorch_model.bin"))) {
 *   INDArray words = file.read("electra.embeddings.word_embeddings.weight");
 * }
 * }</pre>
 */
public final class TorchFile implements TensorSource {
  /** Tied weights share a storage; beyond a few sharers a file claims more than it holds. */
  private static final long MOST_SHARERS = 4;

  private static final int ZIP = 'P' | 'K' << 8;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, TorchTensor> views = new LinkedHashMap<>();
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Set<String> intact = new HashSet<>();
  private Map<String, StorageRange> ranges = Map.of();

  private TorchFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a file, of either format, and checks its table.
   *
   * @throws MalformedFileException if it is damaged, asks for anything but tensors, or holds
   *     anything but a dictionary of them
   */
  public static TorchFile open(Path path) throws IOException {
    TorchFile file = new TorchFile(path, FileChannel.open(path, StandardOpenOption.READ));
    try {
      file.readTable();
      return file;
    } catch (IOException | RuntimeException e) {
      try (file) {
        throw e;
      }
    }
  }

  private void readTable() throws IOException {
    ByteRegion start = new ByteRegion(file.toString(), channel, 0, channel.size());
    boolean zip = start.remaining() >= 2 && start.u16() == ZIP;
    TorchContents contents =
        zip ? ZipFormat.read(file, channel) : LegacyFormat.read(file.toString(), channel);
    ranges = contents.ranges();
    if (!(contents.root() instanceof Dictionary dictionary)) {
      throw wrong("the file holds no dictionary of tensors");
    }
    for (Map.Entry<Object, Object> entry : dictionary.entries().entrySet()) {
      if (!(entry.getKey() instanceof String name)
          || !(entry.getValue() instanceof TorchTensor view)) {
        throw wrong(
            "the entry \"%s\" is no tensor; save the model's state_dict() alone"
                .formatted(entry.getKey()));
      }
      add(name, view);
    }
    requireModestSharing();
  }

  private void add(String name, TorchTensor view) throws MalformedFileException {
    String problem = view.problem();
    if (problem != null) {
      throw wrong("tensor %s is damaged: %s".formatted(name, problem));
    }
    if (!ranges.containsKey(view.storage().key())) {
      throw wrong("tensor %s has its numbers in a storage that is missing".formatted(name));
    }
    views.put(name, view);
    tensors.put(name, new StoredTensor(name, view.storage().type(), view.shape()));
  }

  private void requireModestSharing() throws MalformedFileException {
    Map<String, Long> used = new HashMap<>();
    for (TorchTensor view : views.values()) {
      used.merge(view.storage().key(), view.elements(), Math::addExact);
      if (used.get(view.storage().key()) > MOST_SHARERS * view.storage().elements()) {
        throw wrong(
            "more than %d tensors share the storage %s"
                .formatted(MOST_SHARERS, view.storage().key()));
      }
    }
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public INDArray read(String name) throws IOException {
    TorchTensor view = views.get(name);
    if (view == null) {
      throw new IllegalArgumentException("%s has no tensor %s".formatted(file, name));
    }
    StorageRange range = ranges.get(view.storage().key());
    requireIntact(view.storage().key(), range);
    int width = view.storage().type().width();
    long span = Math.multiplyExact(view.span(), width);
    if (span > TensorMemory.MOST_BYTES) {
      throw wrong("tensor %s covers %d bytes; at most 2 GiB can be read".formatted(name, span));
    }
    INDArray array = TensorMemory.allocate(view.storage().type(), view.shape());
    if (span == 0) {
      return array;
    }
    long from = range.start() + Math.multiplyExact(view.offset(), width);
    ByteBuffer target = TensorMemory.bytes(array);
    try {
      if (view.dense()) {
        StorageBytes.fill(channel, from, target);
      } else {
        ByteBuffer bytes = ByteBuffer.allocateDirect((int) span);
        StorageBytes.fill(channel, from, bytes);
        StorageBytes.gather(view, bytes, width, target);
      }
    } catch (EOFException e) {
      throw changed(e);
    }
    return array;
  }

  private void requireIntact(String key, StorageRange range) throws IOException {
    if (intact.contains(key)) {
      return;
    }
    try {
      if (!StorageBytes.intact(channel, range)) {
        throw MalformedFileException.at(
            file,
            range.start(),
            "the storage %s does not have the checksum on record. The file is damaged; get it again."
                .formatted(key));
      }
    } catch (EOFException e) {
      throw changed(e);
    }
    intact.add(key);
  }

  private MalformedFileException changed(EOFException e) {
    return MalformedFileException.in(
        file, e.getMessage() + ". Something else writes to it; try again when that is done.", e);
  }

  private MalformedFileException wrong(String problem) {
    return MalformedFileException.in(file, problem + ". The file is damaged; get it again.");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
