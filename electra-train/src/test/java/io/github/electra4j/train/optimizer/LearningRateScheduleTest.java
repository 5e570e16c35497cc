package io.github.electra4j.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against rates that google-research/electra computed. */
class LearningRateScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0", "1, 4.99999e-8", "100, 4.9995e-6", "5000, 2.4875e-4", "9999, 4.94951e-4",
    "10000, 4.95e-4", "10001, 4.949995e-4", "500000, 2.5e-4", "1000000, 0", "2000000, 0"
  })
  void preTraining(long step, double rate) {
    LearningRateSchedule schedule = new LearningRateSchedule(5e-4, 1_000_000, 10_000, 1, 0);
    assertEquals(rate, schedule.at(step), 1e-5 * rate + 1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1.2422341e-6",
    "40, 4.7276055e-5",
    "80, 8.960174e-5",
    "81, 8.992537e-5",
    "402, 5.0e-5",
    "803, 1.24377e-7",
    "804, 0"
  })
  void fineTuning(long step, double rate) {
    LearningRateSchedule schedule = LearningRateSchedule.linear(1e-4, 804, 0.1);
    assertEquals(rate, schedule.at(step), 1e-5 * rate + 1e-12);
  }

  @Test
  void withoutWarmUpTheFirstRateIsThePeak() {
    assertEquals(1e-3f, new LearningRateSchedule(1e-3, 10, 0, 1, 0).at(0));
  }

  @Test
  void aPowerBendsTheDecay() {
    assertEquals(2.5e-4, new LearningRateSchedule(1e-3, 10, 0, 2, 0).at(5), 1e-9);
  }

  @Test
  void aLeadingScheduleIsReadAhead() {
    LearningRateSchedule schedule = LearningRateSchedule.linear(1e-4, 804, 0.1);
    assertEquals(schedule.at(41), schedule.leading(1).at(40));
  }

  @Test
  void impossibleSchedulesAreRefused() {
    assertRefused("learning rate is 0.0", () -> new LearningRateSchedule(0, 10, 0, 1, 0));
    assertRefused("totalSteps is 0", () -> new LearningRateSchedule(1e-3, 0, 0, 1, 0));
    assertRefused("warm-up -1.0", () -> new LearningRateSchedule(1e-3, 10, -1, 1, 0));
  }

  private static void assertRefused(String message, Runnable construct) {
    String said = assertThrows(IllegalArgumentException.class, construct::run).getMessage();
    assertTrue(said.contains(message), said);
  }
}
