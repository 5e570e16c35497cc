package io.github.electra4j.convert.tensorflow;

import io.github.electra4j.model.storage.MalformedFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the records of an index table into checked tensor entries. */
final class IndexEntries {
  /** Most slices of one variable; they are compared pairwise. */
  private static final int MAX_SLICES = 4096;

  private static final int MAX_SHARDS = 99_999;

  private final Path file;
  private final int shards;
  private final Map<ByteBuffer, TableRecord> slices = new HashMap<>();
  private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();

  IndexEntries(Path file, List<TableRecord> records) throws MalformedFileException {
    this.file = file;
    if (records.isEmpty() || records.get(0).key().length != 0) {
      throw MalformedFileException.at(
          file, 0, "the first record is not the bundle's header; this is no checkpoint index");
    }
    this.shards = shards(records.get(0));
    for (TableRecord record : records.subList(1, records.size())) {
      if (SliceKey.isSliceKey(record.key())) {
        slices.put(ByteBuffer.wrap(record.key()), record);
      }
    }
    for (TableRecord record : records.subList(1, records.size())) {
      if (!SliceKey.isSliceKey(record.key())) {
        TensorEntry entry = tensor(record);
        tensors.put(entry.name(), entry);
      }
    }
    if (!slices.isEmpty()) {
      throw malformed(
          slices.values().iterator().next(),
          "%d slices belong to no variable".formatted(slices.size()));
    }
  }

  int shards() {
    return shards;
  }

  Map<String, TensorEntry> tensors() {
    return tensors;
  }

  private int shards(TableRecord record) throws MalformedFileException {
    BundleMessages.Header header = BundleMessages.header(cursor(record));
    if (header.shards() < 1 || header.shards() > MAX_SHARDS) {
      throw malformed(
          record,
          "the header declares %d data files, expected 1 to %d"
              .formatted(header.shards(), MAX_SHARDS));
    }
    if (header.endianness() != 0) {
      throw malformed(
          record, "the bundle was written in big-endian byte order; only little-endian is read");
    }
    if (header.minConsumer() > 1) {
      throw malformed(
          record,
          "the bundle requires a reader of version %d, this one is version 1"
              .formatted(header.minConsumer()));
    }
    return (int) header.shards();
  }

  private TensorEntry tensor(TableRecord record) throws MalformedFileException {
    String name = name(record);
    BundleMessages.Entry entry = BundleMessages.entry(cursor(record));
    TensorType type =
        TensorType.ofCode(entry.type())
            .orElseThrow(
                () ->
                    malformed(
                        record,
                        "tensor %s has element type %d, which is not supported"
                            .formatted(name, entry.type())));
    length(record, name, entry.shape());
    if (entry.slices().isEmpty()) {
      long[] start = new long[entry.shape().length];
      return new TensorEntry(
          name, type, entry.shape(), List.of(part(record, name, type, entry, start)));
    }
    if (type == TensorType.STRING) {
      throw malformed(record, "tensor %s of strings is partitioned".formatted(name));
    }
    return new TensorEntry(name, type, entry.shape(), parts(record, name, type, entry));
  }

  private List<TensorPart> parts(
      TableRecord record, String name, TensorType type, BundleMessages.Entry whole)
      throws MalformedFileException {
    if (whole.slices().size() > MAX_SLICES) {
      throw malformed(record, "tensor %s has more than %d slices".formatted(name, MAX_SLICES));
    }
    List<TensorPart> parts = new ArrayList<>();
    long covered = 0;
    for (BundleMessages.Extent[] extents : whole.slices()) {
      TensorPart part = slice(record, name, type, whole.shape(), extents);
      for (TensorPart other : parts) {
        if (part.overlaps(other)) {
          throw malformed(record, "slices of tensor %s overlap".formatted(name));
        }
      }
      parts.add(part);
      covered += length(record, name, part.shape());
    }
    long length = length(record, name, whole.shape());
    if (covered != length) {
      throw malformed(
          record,
          "the slices of tensor %s cover %d of its %d elements".formatted(name, covered, length));
    }
    return parts;
  }

  private TensorPart slice(
      TableRecord record,
      String name,
      TensorType type,
      long[] shape,
      BundleMessages.Extent[] extents)
      throws MalformedFileException {
    if (extents.length != shape.length) {
      throw malformed(
          record,
          "a slice of tensor %s has %d axes, the tensor %d"
              .formatted(name, extents.length, shape.length));
    }
    long[] start = new long[shape.length];
    long[] lengths = new long[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      BundleMessages.Extent extent = extents[axis];
      boolean whole = extent.length() == -1;
      start[axis] = extent.start();
      lengths[axis] = whole ? shape[axis] : extent.length();
      if (start[axis] < 0
          || lengths[axis] < 0
          || start[axis] > shape[axis] - lengths[axis]
          || (whole && start[axis] != 0)) {
        throw malformed(
            record,
            "a slice of tensor %s starts at %d with length %d on axis %d of length %d"
                .formatted(name, extent.start(), extent.length(), axis, shape[axis]));
      }
    }
    TableRecord found = slices.remove(ByteBuffer.wrap(SliceKey.of(name, extents)));
    if (found == null) {
      throw malformed(record, "a slice of tensor %s has no record of its own".formatted(name));
    }
    BundleMessages.Entry entry = BundleMessages.entry(cursor(found));
    if (entry.type() != type.code()
        || !Arrays.equals(entry.shape(), lengths)
        || !entry.slices().isEmpty()) {
      throw malformed(
          found, "a slice of tensor %s differs in type or shape from its variable".formatted(name));
    }
    return part(found, name, type, entry, start);
  }

  private TensorPart part(
      TableRecord record, String name, TensorType type, BundleMessages.Entry entry, long[] start)
      throws MalformedFileException {
    if (entry.shard() < 0 || entry.shard() >= shards) {
      throw malformed(
          record,
          "tensor %s lies in shard %d, the bundle has %d".formatted(name, entry.shard(), shards));
    }
    long length = length(record, name, entry.shape());
    if (entry.offset() < 0 || entry.size() < 0 || entry.offset() > Long.MAX_VALUE - entry.size()) {
      throw malformed(
          record,
          "tensor %s has offset %d and size %d".formatted(name, entry.offset(), entry.size()));
    }
    boolean sizeFits =
        type == TensorType.STRING
            || (length <= Long.MAX_VALUE / type.width() && length * type.width() == entry.size());
    if (!sizeFits) {
      throw malformed(
          record,
          "tensor %s has %d bytes, but %d elements of %d bytes"
              .formatted(name, entry.size(), length, type.width()));
    }
    return new TensorPart(
        start, entry.shape(), (int) entry.shard(), entry.offset(), entry.size(), entry.crc());
  }

  private long length(TableRecord record, String name, long[] shape) throws MalformedFileException {
    long length = 1;
    for (long axis : shape) {
      if (axis != 0 && length > Long.MAX_VALUE / axis) {
        throw malformed(
            record, "the number of elements of tensor %s exceeds 64 bits".formatted(name));
      }
      length *= axis;
    }
    return length;
  }

  private String name(TableRecord record) throws MalformedFileException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record.key())).toString();
    } catch (CharacterCodingException e) {
      throw MalformedFileException.at(file, record.offset(), "a tensor's name is not UTF-8", e);
    }
  }

  private ByteCursor cursor(TableRecord record) {
    return new ByteCursor(file, record.value(), 0, record.value().length, record.offset());
  }

  private MalformedFileException malformed(TableRecord record, String problem) {
    return MalformedFileException.at(file, record.offset(), problem);
  }
}
