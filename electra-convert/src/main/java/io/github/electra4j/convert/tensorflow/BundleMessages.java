package io.github.electra4j.convert.tensorflow;

import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.List;

/** The protocol-buffer messages of a bundle's index: its header and one entry per tensor. */
final class BundleMessages {
  /** Highest rank that TensorFlow itself accepts. */
  private static final int MAX_RANK = 254;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private BundleMessages() {}

  /** {@code BundleHeaderProto}. */
  record Header(long shards, long endianness, long minConsumer) {}

  /** One axis of a slice; {@code length} is -1 for the whole axis. */
  record Extent(long start, long length) {}

  /** {@code BundleEntryProto}. */
  record Entry(
      long type, long[] shape, long shard, long offset, long size, int crc, List<Extent[]> slices) {
    Entry {
      slices = List.copyOf(slices);
    }
  }

  private static final class Field {
    final int number;
    final int wire;
    long value;
    ByteCursor bytes;

    Field(int number, int wire) {
      this.number = number;
      this.wire = wire;
    }

    boolean is(int number, int wire, ByteCursor in) throws MalformedFileException {
      if (this.number != number) {
        return false;
      }
      if (this.wire != wire) {
        throw in.malformed(
            "field %d has wire type %d, expected %d".formatted(number, this.wire, wire));
      }
      return true;
    }
  }

  private static Field next(ByteCursor in) throws MalformedFileException {
    long tag = in.varint64("field tag");
    if (tag < 8 || tag > 0xffffffffL) {
      throw in.malformed("field tag %s is out of range".formatted(Long.toUnsignedString(tag)));
    }
    Field field = new Field((int) (tag >>> 3), (int) (tag & 7));
    switch (field.wire) {
      case VARINT -> field.value = in.varint64("field value");
      case FIXED32 -> field.value = in.fixed32("field value");
      case FIXED64 -> in.slice(8, "field value");
      case BYTES -> field.bytes = in.slice(in.length("field length"), "field value");
      default -> throw in.malformed("wire type %d is not known".formatted(field.wire));
    }
    return field;
  }

  static Header header(ByteCursor in) throws MalformedFileException {
    long shards = 0;
    long endianness = 0;
    long minConsumer = 0;
    while (in.remaining() > 0) {
      Field field = next(in);
      if (field.is(1, VARINT, in)) {
        shards = field.value;
      } else if (field.is(2, VARINT, in)) {
        endianness = field.value;
      } else if (field.is(3, BYTES, in)) {
        minConsumer = minConsumer(field.bytes);
      }
    }
    return new Header(shards, endianness, minConsumer);
  }

  private static long minConsumer(ByteCursor in) throws MalformedFileException {
    long minConsumer = 0;
    while (in.remaining() > 0) {
      Field field = next(in);
      if (field.is(2, VARINT, in)) {
        minConsumer = field.value;
      }
    }
    return minConsumer;
  }

  static Entry entry(ByteCursor in) throws MalformedFileException {
    long type = 0;
    long[] shape = new long[0];
    long shard = 0;
    long offset = 0;
    long size = 0;
    int crc = 0;
    List<Extent[]> slices = new ArrayList<>();
    while (in.remaining() > 0) {
      Field field = next(in);
      if (field.is(1, VARINT, in)) {
        type = field.value;
      } else if (field.is(2, BYTES, in)) {
        shape = shape(field.bytes);
      } else if (field.is(3, VARINT, in)) {
        shard = field.value;
      } else if (field.is(4, VARINT, in)) {
        offset = field.value;
      } else if (field.is(5, VARINT, in)) {
        size = field.value;
      } else if (field.is(6, FIXED32, in)) {
        crc = (int) field.value;
      } else if (field.is(7, BYTES, in)) {
        slices.add(slice(field.bytes));
      }
    }
    return new Entry(type, shape, shard, offset, size, crc, slices);
  }

  private static long[] shape(ByteCursor in) throws MalformedFileException {
    List<Long> axes = new ArrayList<>();
    while (in.remaining() > 0) {
      Field field = next(in);
      if (field.is(2, BYTES, in)) {
        axes.add(axis(field.bytes));
        requireRank(axes.size(), in);
      } else if (field.is(3, VARINT, in) && field.value != 0) {
        throw in.malformed("the shape has an unknown rank");
      }
    }
    return axes.stream().mapToLong(Long::longValue).toArray();
  }

  private static long axis(ByteCursor in) throws MalformedFileException {
    long size = 0;
    while (in.remaining() > 0) {
      Field field = next(in);
      if (field.is(1, VARINT, in)) {
        size = field.value;
      }
    }
    if (size < 0) {
      throw in.malformed("an axis of the shape has length %d".formatted(size));
    }
    return size;
  }

  private static Extent[] slice(ByteCursor in) throws MalformedFileException {
    List<Extent> extents = new ArrayList<>();
    while (in.remaining() > 0) {
      Field field = next(in);
      if (field.is(1, BYTES, in)) {
        extents.add(extent(field.bytes));
        requireRank(extents.size(), in);
      }
    }
    return extents.toArray(new Extent[0]);
  }

  private static Extent extent(ByteCursor in) throws MalformedFileException {
    long start = 0;
    long length = -1;
    while (in.remaining() > 0) {
      Field field = next(in);
      if (field.is(1, VARINT, in)) {
        start = field.value;
      } else if (field.is(2, VARINT, in)) {
        length = field.value;
      }
    }
    return new Extent(start, length);
  }

  private static void requireRank(int rank, ByteCursor in) throws MalformedFileException {
    if (rank > MAX_RANK) {
      throw in.malformed("a shape has more than %d axes".formatted(MAX_RANK));
    }
  }

  /** The header that TensorFlow writes: {@code shards} data files, little endian, version 1. */
  static byte[] headerBytes(int shards) {
    byte[] version = {0x08, 0x01};
    return new ByteSink().octet(0x08).varint(shards).octet(0x1a).varint(2).raw(version).toBytes();
  }

  /** An entry as TensorFlow writes it: fields in order, zeros omitted. */
  static byte[] entryBytes(TensorType type, long[] shape, TensorPart part) {
    ByteSink axes = new ByteSink();
    for (long axis : shape) {
      byte[] size = axis == 0 ? new byte[0] : new ByteSink().octet(0x08).varint(axis).toBytes();
      axes.octet(0x12).varint(size.length).raw(size);
    }
    ByteSink out = new ByteSink().octet(0x08).varint(type.code());
    out.octet(0x12).varint(axes.size()).raw(axes.toBytes());
    varintField(out, 0x18, part.shard());
    varintField(out, 0x20, part.offset());
    varintField(out, 0x28, part.size());
    if (part.maskedCrc() != 0) {
      out.octet(0x35).fixed32(part.maskedCrc());
    }
    return out.toBytes();
  }

  private static void varintField(ByteSink out, int tag, long value) {
    if (value != 0) {
      out.octet(tag).varint(value);
    }
  }
}
