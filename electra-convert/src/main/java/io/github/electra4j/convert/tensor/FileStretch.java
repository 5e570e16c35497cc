package io.github.electra4j.convert.tensor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Bytes of a file that belong to something.
 *
 * @param owner what they belong to, for messages, e.g. {@code weight dense/kernel:0}
 * @param start the first byte
 * @param bytes how many; at least 0
 */
public record FileStretch(String owner, long start, long bytes) {

  /**
   * Says which two of the stretches have a byte in common; empty if there are none. A file in which
   * tensors lie on one another holds less than it claims, and an import would take memory and disk
   * for all that it claims.
   */
  public static Optional<String> overlap(Collection<FileStretch> stretches) {
    List<FileStretch> sorted = new ArrayList<>(stretches);
    sorted.removeIf(stretch -> stretch.bytes() == 0);
    sorted.sort(Comparator.comparingLong(FileStretch::start).thenComparing(FileStretch::owner));
    for (int i = 1; i < sorted.size(); i++) {
      FileStretch before = sorted.get(i - 1);
      FileStretch next = sorted.get(i);
      if (next.start() < before.start() + before.bytes()) {
        return Optional.of(
            "%s begins inside %s: at byte %d, where that reaches from %d to %d"
                .formatted(
                    next.owner(),
                    before.owner(),
                    next.start(),
                    before.start(),
                    before.start() + before.bytes()));
      }
    }
    return Optional.empty();
  }
}
