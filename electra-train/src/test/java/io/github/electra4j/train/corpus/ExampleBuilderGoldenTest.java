package io.github.electra4j.train.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the original's builder makes of lines of 3, 7, 2, 2, 9, 1, 4, (empty) and 30 tokens, ids
 * counted from 1000, when its source of chance always says the same.
 */
class ExampleBuilderGoldenTest {
  private static final int CLS = 101;
  private static final int SEP = 102;
  private static final int MAX_LENGTH = 16;

  @Test
  void whenCoinsFailALateShortLineGoesToTheFirstSegment() {
    List<PackedExample> examples = build(0.5);
    assertEquals(3, examples.size());
    assertExample(examples.get(0), ids(1000, 1003, 1010, 1012), ids(1003, 1010, 1012, 1013));
    assertSecondAndThird(examples);
  }

  @Test
  void whenCoinsSucceedALineMayCrossTheMiddle() {
    List<PackedExample> examples = build(0.3);
    assertEquals(3, examples.size());
    assertExample(examples.get(0), ids(1000, 1010), ids(1010, 1013));
    assertSecondAndThird(examples);
  }

  @Test
  void aSingleSegmentLosesWhatDoesNotFit() {
    List<PackedExample> examples = build(0.07);
    assertEquals(3, examples.size());
    assertExample(examples.get(0), ids(1000, 1014), new int[0]);
    assertSecondAndThird(examples);
  }

  private static void assertSecondAndThird(List<PackedExample> examples) {
    assertExample(examples.get(1), ids(1023, 1028), new int[0]);
    assertEquals(7, examples.get(1).length());
    assertExample(examples.get(2), ids(1028, 1042), new int[0]);
    assertEquals(MAX_LENGTH, examples.get(2).length());
  }

  @Test
  void aShortTargetHoldsUntilTheNextExampleIsMade() {
    List<PackedExample> examples = new ArrayList<>();
    ExampleRandom lowest =
        new ExampleRandom() {
          @Override
          public double uniform() {
            return 0.01; // single segment, and short
          }

          @Override
          public int integer(int lowest, int highest) {
            assertEquals(5, lowest);
            assertEquals(MAX_LENGTH, highest);
            return lowest;
          }
        };
    ExampleBuilder builder = builder(lowest);
    builder.addLine(new int[20]).ifPresent(examples::add);
    builder.addLine(new int[4]).ifPresent(examples::add);
    assertEquals(1, examples.size(), "four tokens are fewer than five");
    builder.addLine(new int[1]).ifPresent(examples::add);
    assertEquals(2, examples.size());
    assertEquals(7, examples.get(1).length());
    assertEquals(MAX_LENGTH, examples.get(1).seq());
    assertEquals(Optional.empty(), builder.endDocument());
  }

  @Test
  void examplesHaveRoomForTheirTokens() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ExampleBuilder(4, new PackedExample.SegmentEnds(1, 2), ExampleRandom.seeded(1)));
  }

  private static List<PackedExample> build(double draw) {
    ExampleRandom constant =
        new ExampleRandom() {
          @Override
          public double uniform() {
            return draw;
          }

          @Override
          public int integer(int lowest, int highest) {
            return highest;
          }
        };
    ExampleBuilder builder = builder(constant);
    List<PackedExample> examples = new ArrayList<>();
    int next = 1000;
    for (int length : new int[] {3, 7, 2, 2, 9, 1, 4, 0, 30}) {
      Optional<PackedExample> made =
          length == 0 ? builder.endDocument() : builder.addLine(ids(next, next + length));
      made.ifPresent(examples::add);
      next += length;
    }
    builder.endDocument().ifPresent(examples::add);
    return examples;
  }

  private static ExampleBuilder builder(ExampleRandom random) {
    return new ExampleBuilder(MAX_LENGTH, new PackedExample.SegmentEnds(CLS, SEP), random);
  }

  /** Ranges, each from its first number to before its second. */
  private static int[] ids(int... ranges) {
    IntStream all = IntStream.empty();
    for (int i = 0; i < ranges.length; i += 2) {
      all = IntStream.concat(all, IntStream.range(ranges[i], ranges[i + 1]));
    }
    return all.toArray();
  }

  private static void assertExample(PackedExample example, int[] first, int[] second) {
    List<Integer> ids = new ArrayList<>();
    ids.add(CLS);
    Arrays.stream(first).forEach(ids::add);
    ids.add(SEP);
    List<Integer> types = new ArrayList<>(java.util.Collections.nCopies(ids.size(), 0));
    if (second.length > 0) {
      Arrays.stream(second).forEach(ids::add);
      ids.add(SEP);
      while (types.size() < ids.size()) {
        types.add(1);
      }
    }
    assertArrayEquals(padded(ids), example.inputIds());
    assertArrayEquals(padded(types), example.tokenTypeIds());
    assertArrayEquals(
        padded(java.util.Collections.nCopies(ids.size(), 1)), example.attentionMask());
    assertEquals(second.length > 0, example.hasTwoSegments());
  }

  private static int[] padded(List<Integer> values) {
    return Arrays.copyOf(values.stream().mapToInt(Integer::intValue).toArray(), MAX_LENGTH);
  }
}
