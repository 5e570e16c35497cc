package io.github.electra4j.convert;

import io.github.electra4j.convert.archive.ArchiveExtractor;
import io.github.electra4j.convert.archive.ExtractionLimits;
import io.github.electra4j.model.storage.TemporaryFolder;
import io.github.electra4j.train.tfrecord.ExampleMessage;
import io.github.electra4j.train.tfrecord.FeatureList;
import io.github.electra4j.train.tfrecord.RecordWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small good archives and record files, to be damaged. */
final class FuzzedArchive {
  private FuzzedArchive() {}

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("electra/vocab.txt", "[PAD]\n[UNK]\nword\n".getBytes(StandardCharsets.UTF_8));
    files.put("electra/model.index", new byte[700]);
    files.put("electra/deeper/checkpoint", "x".repeat(100).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files().entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files().entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        out.putArchiveEntry(entry);
        out.write(file.getValue());
        out.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  static byte[] tarGz() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(tar());
    }
    return bytes.toByteArray();
  }

  /** Unpacks an archive, if it still begins like one, and checks that nothing got out. */
  static void unfold(Path archive) throws IOException {
    try (TemporaryFolder outer = TemporaryFolder.create()) {
      Path target = Files.createDirectory(outer.path().resolve("target"));
      try {
        ArchiveExtractor.extract(archive, target, ExtractionLimits.standard());
      } catch (IOException e) {
        requireAlone(target);
        throw e;
      }
      requireAlone(target);
    }
  }

  private static void requireAlone(Path target) throws IOException {
    try (Stream<Path> around = Files.list(target.getParent())) {
      if (around.count() != 1) {
        throw new AssertionError("something was unfolded outside " + target);
      }
    }
  }

  static byte[] example() {
    return ExampleMessage.encode(
        Map.of(
            "input_ids", new FeatureList.Longs(new long[] {101, 7592, 102, 0}),
            "score", new FeatureList.Floats(new float[] {0.5f}),
            "text", new FeatureList.Bytes(List.of(new byte[] {104, 105}))));
  }

  /** Two records. */
  static byte[] records(Path file) throws IOException {
    try (RecordWriter writer =
        new RecordWriter(
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE))) {
      writer.write(example());
      writer.write(example());
    }
    return Files.readAllBytes(file);
  }
}
