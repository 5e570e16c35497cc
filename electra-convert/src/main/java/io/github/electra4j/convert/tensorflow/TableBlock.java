package io.github.electra4j.convert.tensorflow;

import io.github.electra4j.model.storage.MalformedFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One block of a sorted table: records that share a prefix with their predecessor, then the offsets
 * at which no prefix is shared (restarts), then their count.
 */
final class TableBlock {
  /** Longest accepted key; a variable name is a path of a few dozen characters. */
  private static final int MAX_KEY_LENGTH = 8192;

  private TableBlock() {}

  /** Bytes that all expanded records of a table may take together. */
  static final class Budget {
    private long left;

    Budget(long bytes) {
      this.left = bytes;
    }

    private boolean spend(int keyLength, int valueLength) {
      left -= 64L + keyLength + valueLength;
      return left >= 0;
    }
  }

  /**
   * The records between {@code from} and {@code to}.
   *
   * @param base offset in the file of {@code bytes[0]}
   */
  static List<TableRecord> parse(
      Path file, byte[] bytes, int from, int to, long base, Budget budget)
      throws MalformedFileException {
    int restartsAt = restartsAt(file, bytes, from, to, base);
    ByteCursor restarts = new ByteCursor(file, bytes, restartsAt, to - 4, base);
    ByteCursor in = new ByteCursor(file, bytes, from, restartsAt, base);
    long nextRestart = restarts.fixed32("restart offset") & 0xffffffffL;
    if (nextRestart != 0) {
      throw restarts.malformed("the first restart is %d, not 0".formatted(nextRestart));
    }
    List<TableRecord> records = new ArrayList<>();
    byte[] key = new byte[0];
    while (in.remaining() > 0) {
      boolean restart = in.position() - from == nextRestart;
      if (restart) {
        nextRestart =
            restarts.remaining() == 0 ? -1 : restarts.fixed32("restart offset") & 0xffffffffL;
      }
      TableRecord record = record(in, key, restart, base + from);
      if (!records.isEmpty() && Arrays.compareUnsigned(key, record.key()) >= 0) {
        throw in.malformed("keys are not in strictly ascending order");
      }
      if (!budget.spend(record.key().length, record.value().length)) {
        throw in.malformed("the records of the table expand to an implausible size");
      }
      key = record.key();
      records.add(record);
    }
    if (restarts.remaining() > 0 || (!records.isEmpty() && nextRestart != -1)) {
      throw restarts.malformed("a restart does not point at the start of a record");
    }
    return records;
  }

  private static int restartsAt(Path file, byte[] bytes, int from, int to, long base)
      throws MalformedFileException {
    int size = to - from;
    if (size < 8) {
      throw MalformedFileException.at(
          file, base + from, "a block of %d bytes is too short for its restarts".formatted(size));
    }
    long count = ByteCursor.littleEndian32(bytes, to - 4) & 0xffffffffL;
    if (count < 1 || count > (size - 4) / 4) {
      throw MalformedFileException.at(
          file,
          base + to - 4,
          "a block of %d bytes cannot have %d restarts".formatted(size, count));
    }
    return to - 4 - 4 * (int) count;
  }

  private static TableRecord record(ByteCursor in, byte[] previous, boolean restart, long offset)
      throws MalformedFileException {
    long shared = in.varint64("shared key length");
    if (shared < 0 || shared > previous.length || (restart && shared != 0)) {
      throw in.malformed(
          "a key shares %s bytes with its predecessor, which has %d%s"
              .formatted(
                  Long.toUnsignedString(shared),
                  previous.length,
                  restart ? " (a restart shares none)" : ""));
    }
    long unshared = in.varint64("key suffix length");
    long valueLength = in.varint64("value length");
    if (unshared < 0 || valueLength < 0 || unshared > in.remaining() - valueLength) {
      throw in.malformed(
          "a record of %s + %s bytes exceeds the %d bytes that remain in its block"
              .formatted(
                  Long.toUnsignedString(unshared),
                  Long.toUnsignedString(valueLength),
                  in.remaining()));
    }
    if (shared + unshared > MAX_KEY_LENGTH) {
      throw in.malformed(
          "a key of %d bytes is not plausible; at most %d are accepted"
              .formatted(shared + unshared, MAX_KEY_LENGTH));
    }
    byte[] key = Arrays.copyOf(previous, (int) (shared + unshared));
    System.arraycopy(in.take((int) unshared, "key"), 0, key, (int) shared, (int) unshared);
    return new TableRecord(key, in.take((int) valueLength, "value"), offset);
  }
}
