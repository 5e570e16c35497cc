package io.github.electra4j.convert.pytorch;

import io.github.electra4j.convert.tensor.FileStretch;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The format since PyTorch 1.6: a zip archive, nothing compressed, with {@code ROOT/data.pkl} and
 * each storage as {@code ROOT/data/KEY}.
 */
final class ZipFormat {
  private static final String PICKLE = "data.pkl";
  private static final int MOST_ENTRIES = 100_000;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, ZipArchiveEntry> entries = new HashMap<>();

  private ZipFormat(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Reads the pickle and finds the storages. */
  static TorchContents read(Path file, FileChannel channel) throws IOException {
    ZipFormat format = new ZipFormat(file, channel);
    try (ZipFile zip = ZipFile.builder().setPath(file).setUseUnicodeExtraFields(false).get()) {
      return format.read(zip);
    } catch (MalformedFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw MalformedFileException.in(
          file,
          "the zip archive cannot be read: %s. The file is damaged or cut off; get it again."
              .formatted(e.getMessage()),
          e);
    }
  }

  private TorchContents read(ZipFile zip) throws IOException {
    List<ZipArchiveEntry> all = Collections.list(zip.getEntries());
    if (all.size() > MOST_ENTRIES) {
      throw wrong("the archive has %d files, more than %d".formatted(all.size(), MOST_ENTRIES));
    }
    List<String> pickles = new ArrayList<>();
    for (ZipArchiveEntry entry : all) {
      if (entries.put(entry.getName(), entry) != null) {
        throw wrong("the archive holds %s twice".formatted(entry.getName()));
      }
      if (entry.getName().matches("[^/]+/" + PICKLE)) {
        pickles.add(entry.getName());
      }
    }
    if (pickles.size() != 1) {
      throw wrong(
          "a file written by torch.save has one %s in a folder; this archive has %s"
              .formatted(PICKLE, pickles));
    }
    String root = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    requireLittleEndian(root);
    StorageRange pickle = range(pickles.get(0));
    ByteRegion in =
        new ByteRegion(file.toString(), channel, pickle.start(), pickle.start() + pickle.bytes());
    requireIntact(pickles.get(0), pickle);
    TorchConstructors constructors = new TorchConstructors();
    Object value = PickleMachine.run(in, constructors);
    if (in.remaining() > 0) {
      throw in.wrong("%d bytes follow the pickle".formatted(in.remaining()));
    }
    Map<String, StorageRange> ranges = new LinkedHashMap<>();
    for (TorchStorage storage : constructors.storages().values()) {
      ranges.put(storage.key(), range(root, storage));
    }
    requireApart(pickle, ranges);
    return new TorchContents(value, constructors.storages(), ranges);
  }

  /** Entries of the archive's directory may have one address, so that it seems to hold more. */
  private void requireApart(StorageRange pickle, Map<String, StorageRange> ranges)
      throws MalformedFileException {
    List<FileStretch> stretches = new ArrayList<>();
    stretches.add(new FileStretch("the pickle", pickle.start(), pickle.bytes()));
    ranges.forEach(
        (key, range) ->
            stretches.add(new FileStretch("the storage " + key, range.start(), range.bytes())));
    Optional<String> overlap = FileStretch.overlap(stretches);
    if (overlap.isPresent()) {
      throw wrong(overlap.get());
    }
  }

  private StorageRange range(String root, TorchStorage storage) throws IOException {
    StorageRange range = range(root + "data/" + storage.key());
    if (range.bytes() != storage.bytes()) {
      throw wrong(
          "the storage %s has %d bytes, but the pickle asks for %d"
              .formatted(storage.key(), range.bytes(), storage.bytes()));
    }
    return range;
  }

  private StorageRange range(String name) throws IOException {
    ZipArchiveEntry entry = entries.get(name);
    if (entry == null) {
      throw wrong("the archive has no %s, which its pickle refers to".formatted(name));
    }
    if (entry.getMethod() != ZipArchiveEntry.STORED
        || entry.getGeneralPurposeBit().usesEncryption()) {
      throw wrong(
          "%s is compressed or encrypted, which torch.save never does; unpack the archive and store it anew"
              .formatted(name));
    }
    long start = entry.getDataOffset();
    long size = entry.getSize();
    if (start < 0 || size < 0 || start > channel.size() - size) {
      throw wrong(
          "%s has %d bytes from byte %d on, but the file ends at %d"
              .formatted(name, size, start, channel.size()));
    }
    // torch.save can be told to leave the checksums out; they are 0 then
    OptionalLong crc = entry.getCrc() == 0 ? OptionalLong.empty() : OptionalLong.of(entry.getCrc());
    return new StorageRange(start, size, crc);
  }

  private void requireIntact(String name, StorageRange range) throws IOException {
    if (!StorageBytes.intact(channel, range)) {
      throw wrong("%s does not have the checksum on record".formatted(name));
    }
  }

  private void requireLittleEndian(String root) throws IOException {
    String name = root + "byteorder";
    if (!entries.containsKey(name)) {
      return;
    }
    StorageRange range = range(name);
    ByteRegion in =
        new ByteRegion(file.toString(), channel, range.start(), range.start() + range.bytes());
    String order = in.text((int) Math.min(range.bytes(), 16));
    if (!order.equals("little")) {
      throw wrong(
          "the numbers are %s-endian; only little-endian ones can be read".formatted(order));
    }
  }

  private MalformedFileException wrong(String problem) {
    return MalformedFileException.in(
        file, problem + ". The file is damaged or not one of torch.save's; get it again.");
  }
}
