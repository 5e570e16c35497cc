package io.github.electra4j.serve.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.serve.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final AtomicInteger computed = new AtomicInteger();
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore allowed = new Semaphore(0);

  /** Doubles numbers, one batch for every permit. */
  private final Engine<Integer, Integer> gated =
      inputs -> {
        begun.release();
        allowed.acquireUninterruptibly();
        computed.addAndGet(inputs.size());
        return inputs.stream().map(input -> 2 * input).toList();
      };

  private static List<Weighed<Integer>> inputs(int... values) {
    return IntStream.of(values).mapToObj(value -> new Weighed<>(value, 1 + value % 90)).toList();
  }

  private static Batcher batcher(int workers) {
    return new Batcher(BatchLimits.defaults().withWorkers(workers), (items, tokens, nanos) -> {});
  }

  @Test
  void everyCallerGetsItsOwnOutputsInOrder() throws Exception {
    Random random = new Random(7);
    Engine<Integer, Integer> doubling = batch -> batch.stream().map(input -> 2 * input).toList();
    AtomicInteger items = new AtomicInteger();
    BatchLimits limits = new BatchLimits(300, 8, Duration.ofMillis(1), 100_000, 1 << 24, 3);
    try (Batcher batcher = new Batcher(limits, (count, tokens, nanos) -> items.addAndGet(count))) {
      List<int[]> asked = new ArrayList<>();
      List<Job<Integer>> jobs = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        int[] values = random.ints(1 + random.nextInt(20), 0, 1000).toArray();
        asked.add(values);
        jobs.add(batcher.submit(doubling, inputs(values), LONG));
      }
      for (int i = 0; i < jobs.size(); i++) {
        List<Integer> expected = IntStream.of(asked.get(i)).map(v -> 2 * v).boxed().toList();
        assertEquals(expected, jobs.get(i).result().get());
      }
      assertTrue(batcher.close(LONG));
      assertEquals(asked.stream().mapToInt(values -> values.length).sum(), items.get());
    }
  }

  @Test
  void whatWaitsWhileABatchIsComputedIsTheNextBatch() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    try (Batcher batcher =
        new Batcher(BatchLimits.defaults(), (items, tokens, nanos) -> sizes.add(items))) {
      batcher.submit(gated, inputs(1), LONG);
      begun.acquire();
      Job<Integer> second = batcher.submit(gated, inputs(2), LONG);
      Job<Integer> third = batcher.submit(gated, inputs(3, 4), LONG);
      assertEquals(3, batcher.queuedItems());
      assertEquals(12, batcher.queuedTokens());
      allowed.release(2);
      assertEquals(List.of(4), second.result().get());
      assertEquals(List.of(6, 8), third.result().get());
      assertTrue(batcher.close(LONG));
      assertEquals(List.of(1, 3), sizes);
    }
  }

  @Test
  void whatIsCancelledOrTooLateIsNotComputed() throws Exception {
    try (Batcher batcher = batcher(1)) {
      batcher.submit(gated, inputs(1), LONG);
      begun.acquire();
      Job<Integer> cancelled = batcher.submit(gated, inputs(2, 3), LONG);
      Job<Integer> late = batcher.submit(gated, inputs(4), Duration.ofMillis(1));
      Job<Integer> wanted = batcher.submit(gated, inputs(5), LONG);
      cancelled.result().cancel(false);
      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> late.result().get());
      assertInstanceOf(TimeoutException.class, failure.getCause());
      assertEquals(1, batcher.queuedItems());
      allowed.release(2);
      assertEquals(List.of(10), wanted.result().get());
      assertEquals(2, computed.get());
    }
  }

  @Test
  void aBatchThatFailedIsLoggedUnlessAnInputIsToBlame() throws Exception {
    for (boolean blameless : List.of(true, false)) {
      RuntimeException failure =
          blameless
              ? new IllegalStateException("thirteen")
              : new InvalidInputException("thirteen", new IllegalStateException());
      try (CapturedLog log = new CapturedLog();
          Batcher batcher = batcher(1)) {
        Job<Integer> job =
            batcher.submit(
                batch -> {
                  throw failure;
                },
                inputs(13, 13),
                LONG);
        assertThrows(ExecutionException.class, () -> job.result().get());
        assertTrue(batcher.close(LONG));
        if (blameless) {
          assertTrue(log.text().contains("2 texts with 28 tokens"), log.text());
          assertTrue(log.text().contains("IllegalStateException: thirteen"), log.text());
        } else {
          assertEquals("", log.text());
        }
      }
    }
  }

  @Test
  void anInputThatCannotBeComputedFailsAlone() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    Engine<Integer, Integer> picky =
        batch -> {
          awaitUninterruptibly(together);
          if (batch.contains(13)) {
            throw new IllegalArgumentException("thirteen");
          }
          return batch;
        };
    try (Batcher batcher = batcher(1)) {
      batcher.submit(picky, inputs(0), LONG);
      Job<Integer> good = batcher.submit(picky, inputs(1, 2), LONG);
      Job<Integer> bad = batcher.submit(picky, inputs(3, 13), LONG);
      together.countDown();
      assertEquals(List.of(1, 2), good.result().get());
      ExecutionException failure = assertThrows(ExecutionException.class, () -> bad.result().get());
      assertEquals("thirteen", failure.getCause().getMessage());
      assertEquals(List.of(7), batcher.submit(picky, inputs(7), LONG).result().get());
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void closingComputesWhatWaitsAndTakesNothingMore() throws Exception {
    Batcher batcher =
        new Batcher(
            BatchLimits.defaults().withBatch(2048, 32, Duration.ofMinutes(1)),
            (items, tokens, nanos) -> {});
    allowed.release(10);
    Job<Integer> waiting = batcher.submit(gated, inputs(1, 2, 60), LONG);
    assertTrue(batcher.close(LONG));
    assertEquals(List.of(2, 4, 120), waiting.result().getNow(List.of()));
    OverloadedException refused =
        assertThrows(OverloadedException.class, () -> batcher.submit(gated, inputs(1), LONG));
    assertTrue(refused.isClosing());
    batcher.close();
  }

  @Test
  void closingInTimeGivesUpTheRest() throws Exception {
    Batcher batcher = batcher(1);
    batcher.submit(gated, inputs(1), LONG);
    begun.acquire();
    Job<Integer> waiting = batcher.submit(gated, inputs(2), LONG);
    assertFalse(batcher.close(Duration.ZERO));
    assertThrows(CancellationException.class, () -> waiting.result().get());
    allowed.release();
    batcher.close();
    assertEquals(1, computed.get());
  }

  @Test
  void theTimeUntilThereIsRoomIsGuessedFromTheSpeed() throws Exception {
    try (Batcher batcher = batcher(1)) {
      assertEquals(1, batcher.secondsUntilRoom());
      allowed.release();
      batcher.submit(gated, inputs(1), LONG).result().get();
      assertTrue(batcher.secondsUntilRoom() >= 1 && batcher.secondsUntilRoom() <= 60);
    }
  }
}
