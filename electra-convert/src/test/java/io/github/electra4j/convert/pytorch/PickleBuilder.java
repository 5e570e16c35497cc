package io.github.electra4j.convert.pytorch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles instruction by instruction, harmless and hostile ones. */
final class PickleBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Starts with protocol 2. */
  static PickleBuilder start() {
    return new PickleBuilder().raw(0x80, 2);
  }

  PickleBuilder raw(int... bytes) {
    for (int each : bytes) {
      out.write(each);
    }
    return this;
  }

  PickleBuilder op(char code) {
    return raw(code);
  }

  PickleBuilder text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    op('X').raw(utf8.length & 0xff, utf8.length >> 8 & 0xff, 0, 0);
    out.writeBytes(utf8);
    return this;
  }

  PickleBuilder number(int value) {
    return op('J').raw(value & 0xff, value >> 8 & 0xff, value >> 16 & 0xff, value >> 24 & 0xff);
  }

  PickleBuilder global(String module, String name) {
    out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  PickleBuilder tuple(int... values) {
    op('(');
    for (int value : values) {
      number(value);
    }
    return op('t');
  }

  PickleBuilder storage(String type, String key, int elements) {
    return op('(')
        .text("storage")
        .global("torch", type)
        .text(key)
        .text("cpu")
        .number(elements)
        .op('t')
        .op('Q');
  }

  /** A tensor on the storage {@code key} of FLOAT. */
  PickleBuilder tensor(String key, int elements, int offset, int[] shape, int[] stride) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .op('(')
        .storage("FloatStorage", key, elements)
        .number(offset)
        .tuple(shape)
        .tuple(stride)
        .raw(0x89)
        .global("collections", "OrderedDict")
        .op(')')
        .op('R')
        .op('t')
        .op('R');
  }

  byte[] stop() {
    op('.');
    return out.toByteArray();
  }

  /** Writes a file of torch.save's zip format with this pickle and these storages. */
  static Path zip(Path file, byte[] pickle, Map<String, byte[]> storages) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle);
    storages.forEach((key, bytes) -> entries.put("archive/data/" + key, bytes));
    return zip(file, entries);
  }

  /** Writes a zip archive with nothing compressed. */
  static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(each.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(each.getValue().length);
        CRC32 crc = new CRC32();
        crc.update(each.getValue());
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(each.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}
