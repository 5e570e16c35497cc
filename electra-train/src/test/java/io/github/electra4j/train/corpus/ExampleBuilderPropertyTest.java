package io.github.electra4j.train.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The builder against the rules written down as lists, and its draws against their odds. */
class ExampleBuilderPropertyTest {
  private static final int CLS = 2;
  private static final int SEP = 3;

  @Test
  void examplesAreThoseOfTheRules() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      int maxLength = 5 + random.nextInt(60);
      ExampleBuilder builder =
          new ExampleBuilder(
              maxLength, new PackedExample.SegmentEnds(CLS, SEP), ExampleRandom.seeded(seed));
      Rules rules = new Rules(maxLength, ExampleRandom.seeded(seed));
      int id = 10;
      for (int line = 0; line < 300; line++) {
        int length = Math.max(0, (int) (random.nextGaussian() * 8 + 6));
        if (random.nextInt(12) == 0) {
          assertSame(rules.line(List.of(), true), builder.endDocument().orElse(null), seed);
        } else {
          int[] ids = IntStream.range(id, id + length).toArray();
          id += length;
          List<Integer> list = Arrays.stream(ids).boxed().toList();
          assertSame(rules.line(list, false), builder.addLine(ids).orElse(null), seed);
        }
      }
    }
  }

  private static void assertSame(List<Integer> expected, PackedExample actual, int seed) {
    List<Integer> ids =
        actual == null
            ? List.of()
            : Arrays.stream(actual.inputIds()).limit(actual.length()).boxed().toList();
    assertEquals(expected, ids, "seed=" + seed);
  }

  /** The original's rules, the slow way. */
  private static final class Rules {
    private final int maxLength;
    private final ExampleRandom random;
    private final List<List<Integer>> sentences = new ArrayList<>();
    private int target;

    Rules(int maxLength, ExampleRandom random) {
      this.maxLength = maxLength;
      this.random = random;
      this.target = maxLength;
    }

    List<Integer> line(List<Integer> ids, boolean empty) {
      if (empty && count() != 0) {
        return example();
      }
      sentences.add(ids);
      return count() >= target ? example() : List.of();
    }

    private int count() {
      return sentences.stream().mapToInt(List::size).sum();
    }

    private List<Integer> example() {
      int firstTarget = 100_000;
      if (random.uniform() >= 0.1) {
        firstTarget = (target - 3) / 2;
      }
      List<Integer> first = new ArrayList<>();
      List<Integer> second = new ArrayList<>();
      for (List<Integer> sentence : sentences) {
        List<Integer> chosen = second;
        if (first.isEmpty()) {
          chosen = first;
        } else if (first.size() + sentence.size() < firstTarget) {
          chosen = first;
        } else if (second.isEmpty() && first.size() < firstTarget && random.uniform() < 0.5) {
          chosen = first;
        }
        chosen.addAll(sentence);
      }
      while (first.size() > maxLength - 2) {
        first.remove(first.size() - 1);
      }
      while (second.size() > Math.max(0, maxLength - first.size() - 3)) {
        second.remove(second.size() - 1);
      }
      sentences.clear();
      target = random.uniform() < 0.05 ? random.integer(5, maxLength) : maxLength;
      List<Integer> example = new ArrayList<>(List.of(CLS));
      example.addAll(first);
      example.add(SEP);
      if (!second.isEmpty()) {
        example.addAll(second);
        example.add(SEP);
      }
      return example;
    }
  }

  /**
   * Lines of one token show every draw: an example ends exactly at its target. Bounds are those
   * that a right builder exceeds with a probability below 1e-6.
   */
  @Test
  void lengthsAndSegmentsHaveTheOddsOfTheOriginal() {
    int maxLength = 32;
    ExampleBuilder builder =
        new ExampleBuilder(
            maxLength, new PackedExample.SegmentEnds(CLS, SEP), ExampleRandom.seeded(5));
    int examples = 200_000;
    int[] targets = new int[maxLength + 1];
    int single = 0;
    int lines = 0;
    for (int made = 0; made < examples; ) {
      lines++;
      PackedExample example = builder.addLine(new int[] {9}).orElse(null);
      if (example != null) {
        made++;
        targets[lines]++;
        lines = 0;
        single += example.hasTwoSegments() ? 0 : 1;
      }
    }
    // A target of n has room for floor((n - 3) / 2) tokens in front: with 5, both lines of one
    // token are enough for two segments, so only the draw of 0.1 makes a single one.
    assertShare(0.1, single, examples);
    int full = targets[maxLength];
    double perLength = 0.05 / (maxLength - 4);
    assertShare(0.95 + perLength, full, examples);
    double chiSquare = 0;
    for (int length = 5; length < maxLength; length++) {
      double expected = perLength * examples;
      chiSquare += (targets[length] - expected) * (targets[length] - expected) / expected;
    }
    assertTrue(chiSquare < 82, "chi-square with 27 degrees of freedom is " + chiSquare);
    assertEquals(0, Arrays.stream(targets, 0, 5).sum());
  }

  private static void assertShare(double share, int hits, int trials) {
    double sigma = Math.sqrt(share * (1 - share) / trials);
    double actual = hits / (double) trials;
    assertTrue(Math.abs(actual - share) < 5 * sigma, actual + " instead of " + share);
  }
}
