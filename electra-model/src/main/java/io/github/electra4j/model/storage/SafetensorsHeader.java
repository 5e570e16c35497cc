package io.github.electra4j.model.storage;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What stands at the start of a safetensors file.
 *
 * @param metadata the free texts under {@code __metadata__}, in file order
 * @param entries the tensors, in file order
 */
record SafetensorsHeader(Map<String, String> metadata, List<SafetensorsEntry> entries) {
  /** The key that is not a tensor. */
  static final String METADATA = "__metadata__";

  /** Bytes before the header's text: its length. */
  static final int PREFIX = 8;

  /** Longest header that is read, the limit of the format's own library. */
  static final long LONGEST = 100_000_000;

  /**
   * Checks that the tensors cover the data without gap and overlap.
   *
   * @param dataStart byte of the file at which the data starts
   * @param dataLength bytes of data in the file
   */
  void requireSeamless(Path file, long dataStart, long dataLength) throws MalformedFileException {
    List<SafetensorsEntry> ordered =
        entries.stream()
            .sorted(
                Comparator.comparingLong(SafetensorsEntry::begin)
                    .thenComparingLong(SafetensorsEntry::end))
            .toList();
    long covered = 0;
    for (SafetensorsEntry entry : ordered) {
      if (entry.begin() != covered) {
        throw MalformedFileException.at(
            file,
            dataStart + covered,
            "tensor %s begins at %d of the data, %s %d. The file is damaged; get it again."
                .formatted(
                    entry.name(),
                    entry.begin(),
                    entry.begin() < covered
                        ? "inside another, which ends at"
                        : "leaving a gap after",
                    covered));
      }
      covered = entry.end();
    }
    if (covered != dataLength) {
      throw MalformedFileException.at(
          file,
          dataStart + Math.min(covered, dataLength),
          "the header describes %d bytes of data, the file holds %d. The file is %s; get it again."
              .formatted(
                  covered, dataLength, covered > dataLength ? "cut off" : "longer than it says"));
    }
  }
}
