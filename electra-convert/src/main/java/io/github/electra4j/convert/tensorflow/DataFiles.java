package io.github.electra4j.convert.tensorflow;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/** The open data files of a bundle, checked against the index before the first byte is read. */
final class DataFiles implements Closeable {
  /** Bytes read and checksummed at a time, so that they are still in the processor's cache. */
  private static final int CHUNK = 1 << 20;

  private record Claim(String name, TensorPart part) {}

  private final BundleIndex index;
  private final List<FileChannel> channels = new ArrayList<>();

  private DataFiles(BundleIndex index) {
    this.index = index;
  }

  /** Opens every shard; a missing one, or one of the wrong length, is an error. */
  static DataFiles open(BundleIndex index) throws IOException {
    DataFiles files = new DataFiles(index);
    try {
      files.requireAllShards();
      List<List<Claim>> claims = files.claims();
      for (int shard = 0; shard < index.shards(); shard++) {
        Path file = index.dataFile(shard);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        files.channels.add(channel);
        requireTiled(file, channel.size(), claims.get(shard));
      }
      return files;
    } catch (IOException | RuntimeException e) {
      try (files) {
        throw e;
      }
    }
  }

  private void requireAllShards() throws IOException {
    List<String> missing = new ArrayList<>();
    for (int shard = 0; shard < index.shards() && missing.size() < 10; shard++) {
      Path file = index.dataFile(shard);
      if (!Files.isRegularFile(file)) {
        missing.add(file.toString());
      }
    }
    if (!missing.isEmpty()) {
      throw new FileNotFoundException(
          "Data shard missing: %s is an index for %d data file(s), but these do not exist: %s. An index alone holds no weights; fetch the data files too."
              .formatted(
                  BundleIndex.indexFile(index.prefix()),
                  index.shards(),
                  String.join(", ", missing)));
    }
  }

  private List<List<Claim>> claims() {
    List<List<Claim>> claims = new ArrayList<>();
    for (int shard = 0; shard < index.shards(); shard++) {
      claims.add(new ArrayList<>());
    }
    for (TensorEntry tensor : index.tensors().values()) {
      for (TensorPart part : tensor.parts()) {
        if (part.size() > 0) {
          claims.get(part.shard()).add(new Claim(tensor.name(), part));
        }
      }
    }
    return claims;
  }

  /**
   * No two tensors share a byte, none reaches past the end, none is followed by unclaimed bytes.
   */
  private static void requireTiled(Path file, long fileSize, List<Claim> claims)
      throws MalformedFileException {
    claims.sort(Comparator.comparingLong(claim -> claim.part().offset()));
    long end = 0;
    for (Claim claim : claims) {
      TensorPart part = claim.part();
      if (part.offset() < end) {
        throw MalformedFileException.at(
            file,
            part.offset(),
            "tensor %s starts inside the tensor before it, which ends at byte %d"
                .formatted(claim.name(), end));
      }
      if (part.offset() > fileSize - part.size()) {
        throw MalformedFileException.at(
            file,
            part.offset(),
            "tensor %s has %d bytes, but the file ends at byte %d; the file is truncated or belongs to another index"
                .formatted(claim.name(), part.size(), fileSize));
      }
      end = part.offset() + part.size();
    }
    if (end != fileSize) {
      throw MalformedFileException.at(
          file,
          end,
          "the last tensor ends here, but the file has %d bytes; it belongs to another index"
              .formatted(fileSize));
    }
  }

  /** Fills {@code target} with the bytes of {@code part} and checks their checksum. */
  void read(String name, TensorPart part, ByteBuffer target) throws IOException {
    FileChannel channel = channels.get(part.shard());
    CRC32C crc = new CRC32C();
    long at = part.offset();
    int end = target.limit();
    while (target.position() < end) {
      int from = target.position();
      target.limit(Math.min(end, from + CHUNK));
      while (target.hasRemaining()) {
        int count = channel.read(target, at);
        if (count < 0) {
          throw malformed(part, "the file ended inside tensor " + name);
        }
        at += count;
      }
      crc.update(target.flip().position(from));
      target.limit(end);
    }
    int actual = MaskedCrc.mask(crc);
    if (actual != part.maskedCrc()) {
      throw malformed(
          part,
          "checksum of tensor %s is %08x, the index says %08x; the file is damaged or belongs to another index, fetch it again"
              .formatted(name, actual, part.maskedCrc()));
    }
  }

  MalformedFileException malformed(TensorPart part, String problem) {
    return MalformedFileException.at(index.dataFile(part.shard()), part.offset(), problem);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (FileChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
