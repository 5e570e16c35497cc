package io.github.electra4j.convert.tensorflow;

import java.util.Arrays;

/**
 * Writes a sorted table byte for byte as TensorFlow does: uncompressed, a restart every 16 records
 * of a data block and at every record of the index block, data blocks closed at 256 KiB.
 */
final class TableWriter {
  private static final int BLOCK_SIZE = 262_144;

  private final ByteSink file = new ByteSink();
  private final BlockBuilder data = new BlockBuilder(16);
  private final BlockBuilder index = new BlockBuilder(1);
  private byte[] lastKey = new byte[0];
  private byte[] pendingHandle;
  private boolean empty = true;

  /** Adds a record; keys must come in strictly ascending unsigned byte order. */
  void add(byte[] key, byte[] value) {
    if (!empty && Arrays.compareUnsigned(lastKey, key) >= 0) {
      throw new IllegalArgumentException("keys of a table must be added in ascending order");
    }
    if (pendingHandle != null) {
      index.add(separator(lastKey, key), pendingHandle);
      pendingHandle = null;
    }
    data.add(key, value);
    lastKey = key.clone();
    empty = false;
    if (data.size() >= BLOCK_SIZE) {
      pendingHandle = append(data);
    }
  }

  /** The bytes of the finished table. */
  byte[] finish() {
    if (!data.isEmpty()) {
      pendingHandle = append(data);
    }
    byte[] metaindex = append(new BlockBuilder(16));
    if (pendingHandle != null) {
      index.add(successor(lastKey), pendingHandle);
    }
    byte[] indexHandle = append(index);
    byte[] footer = new byte[TableReader.FOOTER_SIZE - 8];
    System.arraycopy(metaindex, 0, footer, 0, metaindex.length);
    System.arraycopy(indexHandle, 0, footer, metaindex.length, indexHandle.length);
    return file.raw(footer)
        .fixed32((int) TableReader.MAGIC)
        .fixed32((int) (TableReader.MAGIC >>> 32))
        .toBytes();
  }

  /** Appends the block with its trailer and returns its handle. */
  private byte[] append(BlockBuilder block) {
    byte[] contents = block.finish();
    ByteSink handle = new ByteSink().varint(file.size()).varint(contents.length - 1L);
    file.raw(contents).fixed32(MaskedCrc.of(contents, 0, contents.length));
    return handle.toBytes();
  }

  /** A short key that is not below {@code last} and below {@code next}. */
  static byte[] separator(byte[] last, byte[] next) {
    int at = Arrays.mismatch(last, next);
    if (at < 0 || at >= last.length || at >= next.length) {
      return last.clone();
    }
    int value = last[at] & 0xff;
    if (value == 0xff || value + 1 >= (next[at] & 0xff)) {
      return last.clone();
    }
    byte[] shorter = Arrays.copyOf(last, at + 1);
    shorter[at]++;
    return shorter;
  }

  /** A short key that is not below {@code last}. */
  static byte[] successor(byte[] last) {
    for (int i = 0; i < last.length; i++) {
      if ((last[i] & 0xff) != 0xff) {
        byte[] shorter = Arrays.copyOf(last, i + 1);
        shorter[i]++;
        return shorter;
      }
    }
    return last.clone();
  }

  /** Collects the records of one block. */
  private static final class BlockBuilder {
    private final int restartInterval;
    private final ByteSink records = new ByteSink();
    private final ByteSink restarts = new ByteSink();
    private byte[] last = new byte[0];
    private int sinceRestart;

    BlockBuilder(int restartInterval) {
      this.restartInterval = restartInterval;
      restarts.fixed32(0);
    }

    boolean isEmpty() {
      return records.size() == 0;
    }

    int size() {
      return records.size() + restarts.size() + 4;
    }

    void add(byte[] key, byte[] value) {
      int shared = 0;
      if (sinceRestart == restartInterval) {
        restarts.fixed32(records.size());
        sinceRestart = 0;
      } else {
        int mismatch = Arrays.mismatch(last, key);
        shared = mismatch < 0 ? key.length : mismatch;
      }
      records.varint(shared).varint(key.length - shared).varint(value.length);
      records.raw(key, shared, key.length - shared).raw(value);
      last = key.clone();
      sinceRestart++;
    }

    /** The contents followed by the compression type; the builder is empty afterwards. */
    byte[] finish() {
      byte[] out =
          records
              .raw(restarts.toBytes())
              .fixed32(restarts.size() / 4)
              .octet(TableReader.NO_COMPRESSION)
              .toBytes();
      records.clear();
      restarts.clear();
      restarts.fixed32(0);
      last = new byte[0];
      sinceRestart = 0;
      return out;
    }
  }
}
