package io.github.electra4j.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoPlanTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fineTuningTakesTheStepsThatThePlanNames(boolean quick) {
    DemoPlan plan = quick ? DemoPlan.quick(3) : DemoPlan.full(3);
    assertEquals(plan.fineTuneSteps(), plan.fineTuning(0).totalSteps(plan.taughtExamples()));
    assertEquals(plan.fineTuning(0).withSeed(plan.fineTuning(1).seed()), plan.fineTuning(1));
    assertEquals(plan.pretrainSteps(), plan.pretraining().totalSteps());
  }

  @Test
  void theShortFormIsTheSameModelWithLessWork() {
    DemoPlan full = DemoPlan.full(1);
    DemoPlan quick = DemoPlan.quick(1);
    assertEquals(full.model(300), quick.model(300));
    assertTrue(quick.pretrainSteps() < full.pretrainSteps());
    assertTrue(quick.repetitions() < full.repetitions());
  }

  @Test
  void nothingIsDoneNoTimes() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new DemoPlan(1, 100, 0, 10, 10, 10, 1));
    assertTrue(error.getMessage().contains("pretrainSteps is 0"), error.getMessage());
  }
}
