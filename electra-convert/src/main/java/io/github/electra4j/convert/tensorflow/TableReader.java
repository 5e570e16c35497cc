package io.github.electra4j.convert.tensorflow;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a sorted table: data blocks of prefix-compressed records, a metaindex block, an index
 * block, and a footer of 48 bytes. The whole file must be accounted for: every block is where the
 * one before it ends and carries a checksum, and unused footer bytes are zero.
 */
final class TableReader {
  static final int FOOTER_SIZE = 48;
  static final int BLOCK_TRAILER_SIZE = 5;
  static final long MAGIC = 0xdb4775248b80fb57L;
  static final int NO_COMPRESSION = 0;
  static final int SNAPPY_COMPRESSION = 1;

  /** Largest accepted table; TensorFlow needs 0.6 MB for 20,000 variables. */
  private static final int MAX_TABLE_SIZE = 64 << 20;

  private final Path file;
  private final byte[] bytes;
  private final TableBlock.Budget budget = new TableBlock.Budget(MAX_TABLE_SIZE);

  private TableReader(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  private record Handle(long offset, long size) {
    long end() {
      return offset + size + BLOCK_TRAILER_SIZE;
    }
  }

  /** Every record of the table, in strictly ascending unsigned byte order of the keys. */
  static List<TableRecord> read(Path file) throws IOException {
    long size = Files.size(file);
    if (size < FOOTER_SIZE) {
      throw MalformedFileException.at(
          file,
          0,
          "a checkpoint index has a footer of %d bytes, but the file has only %d bytes"
              .formatted(FOOTER_SIZE, size));
    }
    if (size > MAX_TABLE_SIZE) {
      throw MalformedFileException.at(
          file,
          0,
          "a checkpoint index of %d bytes is not plausible; at most %d are accepted"
              .formatted(size, MAX_TABLE_SIZE));
    }
    return new TableReader(file, Files.readAllBytes(file)).records();
  }

  private List<TableRecord> records() throws MalformedFileException {
    int footerStart = bytes.length - FOOTER_SIZE;
    ByteCursor footer = new ByteCursor(file, bytes, footerStart, bytes.length - 8, 0);
    long magic =
        (ByteCursor.littleEndian32(bytes, bytes.length - 8) & 0xffffffffL)
            | (long) ByteCursor.littleEndian32(bytes, bytes.length - 4) << 32;
    if (magic != MAGIC) {
      throw MalformedFileException.at(
          file,
          bytes.length - 8L,
          "the last 8 bytes are %016x, a checkpoint index ends with %016x; the file is truncated or"
                  .formatted(magic, MAGIC)
              + " of another format");
    }
    Handle metaindex = handle(footer, "metaindex");
    Handle index = handle(footer, "index");
    while (footer.remaining() > 0) {
      if (footer.unsignedByte("footer padding") != 0) {
        throw footer.malformed("the padding of the footer is not zero");
      }
    }
    block(metaindex, index.offset());
    return dataRecords(block(index, footerStart), metaindex.offset());
  }

  private List<TableRecord> dataRecords(List<TableRecord> index, long dataEnd)
      throws MalformedFileException {
    List<TableRecord> records = new ArrayList<>();
    long next = 0;
    byte[] previous = null;
    for (TableRecord pointer : index) {
      ByteCursor value =
          new ByteCursor(file, pointer.value(), 0, pointer.value().length, pointer.offset());
      Handle handle = handle(value, "data block");
      if (handle.offset() != next) {
        throw value.malformed(
            "a data block starts at byte %d, the block before it ends at %d"
                .formatted(handle.offset(), next));
      }
      for (TableRecord record : block(handle, Math.min(handle.end(), dataEnd))) {
        if (previous != null && Arrays.compareUnsigned(previous, record.key()) >= 0) {
          throw MalformedFileException.at(
              file, handle.offset(), "keys are not in strictly ascending order across blocks");
        }
        previous = record.key();
        records.add(record);
      }
      next = handle.end();
    }
    if (next != dataEnd) {
      throw MalformedFileException.at(
          file, next, "%d bytes before the metaindex belong to no block".formatted(dataEnd - next));
    }
    return records;
  }

  private Handle handle(ByteCursor in, String what) throws MalformedFileException {
    long offset = in.varint64(what + " offset");
    long size = in.varint64(what + " size");
    long end = (long) bytes.length - FOOTER_SIZE - BLOCK_TRAILER_SIZE;
    if (offset < 0 || size < 0 || size > end || offset > end - size) {
      throw in.malformed(
          "the %s block (offset %s, size %s) does not lie inside the file of %d bytes"
              .formatted(
                  what, Long.toUnsignedString(offset), Long.toUnsignedString(size), bytes.length));
    }
    return new Handle(offset, size);
  }

  /** The records of one block, which must end exactly at {@code end}. */
  private List<TableRecord> block(Handle handle, long end) throws MalformedFileException {
    if (handle.end() != end) {
      throw MalformedFileException.at(
          file,
          handle.offset(),
          "a block ends at byte %d, expected %d".formatted(handle.end(), end));
    }
    int start = (int) handle.offset();
    int size = (int) handle.size();
    int stored = ByteCursor.littleEndian32(bytes, start + size + 1);
    int actual = MaskedCrc.of(bytes, start, size + 1);
    if (stored != actual) {
      throw MalformedFileException.at(
          file,
          handle.offset(),
          "checksum of the block of %d bytes is %08x, stored is %08x; the file is damaged, fetch it"
                  .formatted(size, actual, stored)
              + " again");
    }
    int compression = bytes[start + size] & 0xff;
    ByteCursor contents = new ByteCursor(file, bytes, start, start + size, 0);
    if (compression == SNAPPY_COMPRESSION) {
      byte[] plain = Snappy.decompress(contents, MAX_TABLE_SIZE);
      return TableBlock.parse(file, plain, 0, plain.length, handle.offset(), budget);
    }
    if (compression != NO_COMPRESSION) {
      throw contents.malformed(
          "compression type %d is unknown; 0 (none) and 1 (Snappy) are read"
              .formatted(compression));
    }
    return TableBlock.parse(file, bytes, start, start + size, 0, budget);
  }
}
