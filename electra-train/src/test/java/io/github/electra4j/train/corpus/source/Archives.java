package io.github.electra4j.train.corpus.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.tukaani.xz.LZMA2Options;

/** Small compressed files and archives. */
final class Archives {
  private Archives() {}

  /** Wraps a stream in a compressing one. */
  interface Compressor {
    OutputStream on(OutputStream out) throws IOException;
  }

  static final Map<String, Compressor> COMPRESSORS =
      Map.of(
          "gz", GZIPOutputStream::new,
          "bz2", BZip2CompressorOutputStream::new,
          "xz", Archives::xz,
          "zst",
              out ->
                  ZstdCompressorOutputStream.builder()
                      .setOutputStream(out)
                      .setChecksum(true)
                      .get());

  /** With a small dictionary, which takes little time to set up. */
  private static OutputStream xz(OutputStream out) throws IOException {
    return XZCompressorOutputStream.builder()
        .setOutputStream(out)
        .setLzma2Options(new LZMA2Options(0))
        .get();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] compressed(String kind, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = COMPRESSORS.get(kind).on(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /** A tar with a folder, a link, and the members. */
  static byte[] tar(List<Map.Entry<String, byte[]>> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      tar.putArchiveEntry(new TarArchiveEntry("folder/"));
      tar.closeArchiveEntry();
      TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/hostname");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      for (Map.Entry<String, byte[]> member : members) {
        TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
        entry.setSize(member.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(member.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  static byte[] zip(List<Map.Entry<String, byte[]>> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("folder/"));
      zip.closeEntry();
      for (Map.Entry<String, byte[]> member : members) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
