package io.github.electra4j.convert.pytorch;

import io.github.electra4j.convert.pytorch.PickleValue.Dictionary;
import io.github.electra4j.convert.pytorch.PickleValue.Sequence;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The format before PyTorch 1.6: pickles of a magic number, a version, facts about the machine, the
 * object and the storages' keys, then each storage as its number of elements and the elements.
 */
final class LegacyFormat {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  private final ByteRegion in;
  private final TorchConstructors constructors = new TorchConstructors();

  private LegacyFormat(ByteRegion in) {
    this.in = in;
  }

  /** Reads the pickles and finds the storages. */
  static TorchContents read(String file, FileChannel channel) throws IOException {
    return new LegacyFormat(new ByteRegion(file, channel, 0, channel.size())).read();
  }

  private TorchContents read() throws IOException {
    if (!MAGIC.equals(pickle())) {
      throw in.wrong("the file does not begin with PyTorch's magic number");
    }
    if (!Long.valueOf(PROTOCOL).equals(pickle())) {
      throw in.wrong(
          "the file's version is not %d, the only one of this format".formatted(PROTOCOL));
    }
    boolean little =
        pickle() instanceof Dictionary facts
            && Boolean.TRUE.equals(facts.entries().get("little_endian"));
    if (!little) {
      throw in.wrong("the file does not say that its numbers are little-endian");
    }
    Object root = pickle();
    if (!(pickle() instanceof Sequence keys)) {
      throw in.wrong("the list of the storages' keys is missing");
    }
    Map<String, StorageRange> ranges = new LinkedHashMap<>();
    for (Object key : keys.items()) {
      ranges.put(unusedKey(key, ranges), range((String) key));
    }
    if (in.remaining() > 0) {
      throw in.wrong("%d bytes follow the last storage".formatted(in.remaining()));
    }
    return new TorchContents(root, constructors.storages(), ranges);
  }

  private Object pickle() throws IOException {
    return PickleMachine.run(in, constructors);
  }

  private String unusedKey(Object key, Map<String, StorageRange> ranges) throws IOException {
    if (!(key instanceof String text)
        || !constructors.storages().containsKey(text)
        || ranges.containsKey(text)) {
      throw in.wrong("the list of the storages' keys names one twice or one that no tensor uses");
    }
    return text;
  }

  private StorageRange range(String key) throws IOException {
    TorchStorage storage = constructors.storages().get(key);
    long elements = in.i64();
    if (elements != storage.elements()) {
      throw in.wrong(
          "the storage %s has %d elements here, %d in the pickle"
              .formatted(key, elements, storage.elements()));
    }
    StorageRange range = new StorageRange(in.position(), storage.bytes(), OptionalLong.empty());
    in.skip(storage.bytes());
    return range;
  }
}
