package io.github.electra4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowPlanTest {
  private static EncodeOptions options(int maxLength, Truncation truncation, int stride) {
    return new EncodeOptions(true, maxLength, truncation, stride, Padding.none());
  }

  /** As {@code first|second} ranges, e.g. {@code 0-5|2-4}. */
  private static String write(List<Window> windows) {
    return windows.stream()
        .map(
            window ->
                "%d-%d|%d-%d"
                    .formatted(
                        window.firstStart(),
                        window.firstEnd(),
                        window.secondStart(),
                        window.secondEnd()))
        .collect(Collectors.joining(" "));
  }

  @Test
  void longestFirstIsTheOriginalsLoop() {
    for (int room = 0; room <= 12; room++) {
      for (int first = 0; first <= 15; first++) {
        for (int second = 0; second <= 15; second++) {
          if (first + second > room) {
            int kept = loop(first, second, room);
            String where = first + " and " + second + " into " + room;
            assertEquals(kept, WindowPlan.longestFirst(first, second, room), where);
          }
        }
      }
    }
  }

  @Test
  void stoppingAtTheLimitDoesNotChangeWhatIsKept() {
    for (int room = 1; room <= 12; room++) {
      for (int first = 0; first <= 30; first++) {
        for (int second = 1; second <= 30; second++) {
          if (first + second > room) {
            int capped =
                WindowPlan.longestFirst(Math.min(first, room), Math.min(second, room), room);
            assertEquals(WindowPlan.longestFirst(first, second, room), capped);
          }
        }
      }
    }
  }

  private static int loop(int first, int second, int room) {
    int a = first;
    int b = second;
    while (a + b > room) {
      if (a > b) {
        a--;
      } else {
        b--;
      }
    }
    return a;
  }

  @ParameterizedTest
  @CsvSource({
    "5, 10, LONGEST_FIRST, -1, 0-5|0-0",
    "8, 10, LONGEST_FIRST, 3, 0-8|0-0",
    "20, 10, LONGEST_FIRST, -1, 0-8|0-0",
    "20, 10, ONLY_FIRST, -1, 0-8|0-0",
    "20, 10, ONLY_SECOND, -1, 0-8|0-0",
    "20, 10, DO_NOT_TRUNCATE, -1, 0-20|0-0",
    "20, 10, DO_NOT_TRUNCATE, 2, 0-20|0-0",
    "20, 10, LONGEST_FIRST, 0, 0-8|0-0 8-16|0-0 16-20|0-0",
    "20, 10, ONLY_FIRST, 3, 0-8|0-0 5-13|0-0 10-18|0-0 15-20|0-0",
    "16, 10, ONLY_FIRST, 0, 0-8|0-0 8-16|0-0",
    "13, 10, ONLY_FIRST, 3, 0-8|0-0 5-13|0-0",
    "9, 10, ONLY_FIRST, 7, 0-8|0-0 1-9|0-0",
    "0, 10, LONGEST_FIRST, 0, 0-0|0-0",
  })
  void oneTextIsCutOrWindowed(
      int length, int maxLength, Truncation truncation, int stride, String windows) {
    WindowPlan plan = new WindowPlan(options(maxLength, truncation, stride));
    assertEquals(windows, write(plan.single(length)));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 4, 10, LONGEST_FIRST, -1, 0-3|0-4",
    "9, 9, 10, LONGEST_FIRST, -1, 0-4|0-3",
    "9, 2, 10, LONGEST_FIRST, -1, 0-5|0-2",
    "2, 9, 10, LONGEST_FIRST, -1, 0-2|0-5",
    "0, 9, 10, LONGEST_FIRST, -1, 0-0|0-7",
    "9, 2, 10, ONLY_FIRST, -1, 0-5|0-2",
    "2, 9, 10, ONLY_SECOND, -1, 0-2|0-5",
    "9, 9, 10, DO_NOT_TRUNCATE, -1, 0-9|0-9",
    "2, 9, 10, ONLY_SECOND, 1, 0-2|0-5 0-2|4-9",
    "9, 2, 10, ONLY_FIRST, 2, 0-5|0-2 3-8|0-2 6-9|0-2",
    "600, 64, 512, ONLY_FIRST, 317, 0-445|0-64 128-573|0-64 256-600|0-64",
  })
  void aPairIsCutOrWindowed(
      int first, int second, int maxLength, Truncation truncation, int stride, String windows) {
    WindowPlan plan = new WindowPlan(options(maxLength, truncation, stride));
    assertEquals(windows, write(plan.pair(first, second)));
  }

  @Test
  void aTextThatMustStayWholeAndDoesNotFitIsNamed() {
    String error =
        assertThrows(
                IllegalArgumentException.class,
                () -> new WindowPlan(options(10, Truncation.ONLY_FIRST, -1)).pair(5, 7))
            .getMessage();
    assertTrue(error.startsWith("The second text has 7 pieces"), error);
    assertThrows(
        IllegalArgumentException.class,
        () -> new WindowPlan(options(10, Truncation.ONLY_SECOND, -1)).pair(8, 5));
  }

  @Test
  void aStrideThatDoesNotAdvanceBesideTheOtherTextIsNamed() {
    WindowPlan plan = new WindowPlan(options(10, Truncation.ONLY_SECOND, 4));
    String error = assertThrows(IllegalArgumentException.class, () -> plan.pair(3, 9)).getMessage();
    assertTrue(error.contains("only 4 pieces of the text fit"), error);
  }
}
