package io.github.electra4j.model.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class TeamTest {
  @Test
  void everyTaskRunsOnceOnAWorkerOfTheTeam() {
    for (int repeat = 0; repeat < 2000; repeat++) {
      AtomicIntegerArray runs = new AtomicIntegerArray(17);
      Team.run(
          17,
          3,
          (index, worker) -> {
            assertTrue(worker >= 0 && worker < 3);
            runs.incrementAndGet(index);
          });
      for (int i = 0; i < 17; i++) {
        assertEquals(1, runs.get(i));
      }
    }
  }

  @Test
  void callersThatFindTheTeamBusyWorkAlone() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(4);
    List<Future<?>> done = new ArrayList<>();
    for (int caller = 0; caller < 4; caller++) {
      done.add(
          callers.submit(
              () -> {
                for (int repeat = 0; repeat < 500; repeat++) {
                  AtomicIntegerArray runs = new AtomicIntegerArray(9);
                  Team.run(9, 2, (index, worker) -> runs.incrementAndGet(index));
                  for (int i = 0; i < 9; i++) {
                    assertEquals(1, runs.get(i));
                  }
                }
              }));
    }
    callers.shutdown();
    for (Future<?> future : done) {
      future.get();
    }
  }

  @Test
  void aFailureOfATaskReachesTheCaller() {
    for (int failing = 0; failing < 6; failing++) {
      int index = failing;
      IllegalStateException error =
          assertThrows(
              IllegalStateException.class,
              () ->
                  Team.run(
                      6,
                      2,
                      (task, worker) -> {
                        if (task == index) {
                          throw new IllegalStateException("task " + task);
                        }
                      }));
      assertEquals("task " + index, error.getMessage());
    }
    Team.run(2, 2, (task, worker) -> {});
  }

  @Test
  void aTeamNeedsAThread() {
    assertThrows(IllegalArgumentException.class, () -> Team.setThreads(0));
  }
}
