package io.github.electra4j.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContestTest {
  @Test
  void aRowHasMeansSpreadsAndWins() {
    Contest contest =
        new Contest("errands", "exact match", List.of(30.0, 34.0, 90.0), List.of(80.0, 84.0, 88.0));
    assertEquals(
        List.of("errands", "exact match", "51.3 +- 33.5", "84.0 +- 4.0", "+32.7", "2 of 3"),
        contest.row());
    assertEquals(2, contest.wins());
    assertEquals(32.667, contest.gain(), 1e-3);
  }

  @Test
  void oneScoreHasNoSpread() {
    Contest contest = new Contest("labels", "accuracy", List.of(20.0), List.of(19.5));
    assertEquals("20.0", contest.row().get(2));
    assertEquals("-0.5", contest.row().get(4));
    assertEquals(List.of(Contest.titles(), contest.row()), Contest.table(List.of(contest)));
  }

  @Test
  void scoresMustBePairs() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Contest("labels", "accuracy", List.of(20.0), List.of()));
  }
}
