package io.github.electra4j.train.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which examples make up the batch of a step: every epoch is a new permutation, and every example
 * occurs once in it. The answer depends only on the seed, the epoch, the lengths and the batch
 * size, so that a resumed run continues with the very batches of an uninterrupted one.
 *
 * <p>Examples of similar length share a batch: the permutation is cut into stretches of {@value
 * #STRETCH} batches, each stretch is sorted by length and cut into batches, and the batches are
 * shuffled. Batches then hold little padding.
 *
 * <p>Not for use by several threads at once.
 */
public final class ExampleOrder {
  private static final int STRETCH = 50;

  private final int[] lengths;
  private final int batchSize;
  private final long seed;
  private long epoch = -1;
  private List<int[]> batches = List.of();

  /**
   * @param lengths number of tokens of every example, at least one example
   * @param batchSize examples per batch; the last batch of an epoch may be smaller
   */
  public ExampleOrder(int[] lengths, int batchSize, long seed) {
    if (lengths.length == 0 || batchSize < 1) {
      throw new IllegalArgumentException(
          "There are %d examples for batches of %d; both must be at least 1"
              .formatted(lengths.length, batchSize));
    }
    this.lengths = lengths.clone();
    this.batchSize = batchSize;
    this.seed = seed;
  }

  /** Batches per epoch. */
  public long stepsPerEpoch() {
    return (lengths.length + batchSize - 1L) / batchSize;
  }

  /**
   * The examples of a step.
   *
   * @param step updates made before, from 0
   * @return indices into the examples
   */
  public int[] batch(long step) {
    long wanted = step / stepsPerEpoch();
    if (wanted != epoch) {
      batches = shuffledBatches(new SplittableRandom(seed * 0x9E3779B97F4A7C15L + wanted));
      epoch = wanted;
    }
    return batches.get((int) (step % stepsPerEpoch())).clone();
  }

  private List<int[]> shuffledBatches(SplittableRandom random) {
    int[] permutation = permutation(random);
    List<int[]> all = new ArrayList<>();
    int stretch = STRETCH * batchSize;
    for (int start = 0; start < permutation.length; start += stretch) {
      int[] part =
          Arrays.copyOfRange(permutation, start, Math.min(start + stretch, permutation.length));
      int[] sorted =
          IntStream.of(part)
              .boxed()
              .sorted(Comparator.comparingInt(example -> lengths[example]))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int at = 0; at < sorted.length; at += batchSize) {
        all.add(Arrays.copyOfRange(sorted, at, Math.min(at + batchSize, sorted.length)));
      }
    }
    for (int i = all.size() - 1; i > 0; i--) {
      Collections.swap(all, i, random.nextInt(i + 1));
    }
    return all;
  }

  private int[] permutation(SplittableRandom random) {
    int[] order = IntStream.range(0, lengths.length).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
