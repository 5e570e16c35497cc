package io.github.electra4j.convert.samediff;

import java.io.IOException;
import java.util.Optional;

/**
 * A table of FlatBuffers: numbered fields, of which any may be absent.
 *
 * @param bytes the file
 * @param start position of the table
 * @param vtable position of its list of fields
 * @param length bytes of that list
 */
record FlatTable(FlatBytes bytes, long start, long vtable, int length) {
  private static final int HEADER = 4;

  /** The position of a field; empty if it is absent. */
  private Optional<Long> position(int field) throws IOException {
    int entry = HEADER + field * Short.BYTES;
    int offset = entry + Short.BYTES > length ? 0 : bytes.uint16(vtable + entry);
    return offset == 0 ? Optional.empty() : Optional.of(start + offset);
  }

  int int8(int field) throws IOException {
    Optional<Long> position = position(field);
    return position.isPresent() ? bytes.int8(position.get()) : 0;
  }

  Optional<String> text(int field) throws IOException {
    Optional<Long> position = position(field);
    return position.isPresent() ? Optional.of(bytes.text(position.get())) : Optional.empty();
  }

  Optional<FlatTable> table(int field) throws IOException {
    Optional<Long> position = position(field);
    return position.isPresent() ? Optional.of(bytes.table(position.get())) : Optional.empty();
  }

  Optional<FlatBytes.Vector> vector(int field, int width) throws IOException {
    Optional<Long> position = position(field);
    return position.isPresent()
        ? Optional.of(bytes.vector(position.get(), width))
        : Optional.empty();
  }
}
