package io.github.electra4j.serve.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The choice of batches, at times that the test makes up. */
class BatchQueueTest {
  private static final long MS = 1_000_000;
  private static final long NEVER = Long.MAX_VALUE / 2;

  private final Engine<String, String> upper = inputs -> inputs;
  private final Engine<String, String> lower = inputs -> inputs;

  /** Batches of 100 tokens and 4 inputs, which wait up to 10 ms; a queue of 8 and 300. */
  private final BatchQueue queue =
      new BatchQueue(new BatchLimits(100, 4, Duration.ofMillis(10), 8, 300, 1));

  private Job<String> add(Engine<String, String> engine, long now, int... lengths)
      throws OverloadedException {
    return add(engine, now, NEVER, lengths);
  }

  private Job<String> add(Engine<String, String> engine, long now, long deadline, int... lengths)
      throws OverloadedException {
    Job<String> job = new Job<>(lengths.length, deadline);
    List<Weighed<String>> inputs =
        IntStream.of(lengths).mapToObj(length -> new Weighed<>("t" + length, length)).toList();
    queue.add(engine, inputs, job, now);
    return job;
  }

  private List<Integer> take(long now) {
    Optional<Batch<?, ?>> batch = queue.take(now, false);
    return batch.map(each -> each.items().stream().map(Waiting::tokens).toList()).orElse(List.of());
  }

  @Test
  void anInputWaitsForOthersUntilItIsDue() throws OverloadedException {
    add(upper, 0, 5);
    assertEquals(List.of(), take(9 * MS));
    assertEquals(MS, queue.untilDue(9 * MS));
    add(upper, 9 * MS, 7);
    assertEquals(List.of(5, 7), take(10 * MS));
    assertEquals(Long.MAX_VALUE, queue.untilDue(10 * MS));
    assertEquals(0, queue.items());
    assertEquals(0, queue.tokens());
  }

  @Test
  void aFullBatchDoesNotWait() throws OverloadedException {
    add(upper, 0, 5, 6, 7, 8, 9);
    assertEquals(List.of(5, 6, 7, 8), take(0));
    assertEquals(List.of(), take(0));
    assertEquals(List.of(9), take(10 * MS));
  }

  @Test
  void paddingCountsInTheSizeOfABatch() throws OverloadedException {
    add(upper, 0, 33, 34, 60, 40);
    assertEquals(List.of(33, 34), take(0), "a third one of 60 would make 180 tokens");
    assertEquals(List.of(60), take(0), "with 40 it would be 120");
    assertEquals(List.of(), take(0), "40 may be joined by another");
    assertEquals(List.of(40), take(10 * MS));
  }

  @Test
  void anInputLongerThanABatchIsOneOfItsOwn() throws OverloadedException {
    add(upper, 0, 250);
    assertEquals(List.of(250), take(0));
  }

  @Test
  void onlyInputsOfOneEngineAndOfSimilarLengthAreJoined() throws OverloadedException {
    add(upper, 0, 5);
    add(lower, 1, 6);
    add(upper, 2, 40);
    add(upper, 3, 16);
    assertEquals(List.of(5, 16), take(20 * MS));
    assertEquals(List.of(6), take(20 * MS));
    assertEquals(List.of(40), take(20 * MS));
  }

  @Test
  void whoWaitsLongestIsNext() throws OverloadedException {
    add(lower, 0, 40);
    add(upper, 1, 5, 5, 5, 5);
    assertEquals(List.of(5, 5, 5, 5), take(2), "the older one is not due yet");
    add(upper, 3, 5, 5, 5, 5);
    assertEquals(List.of(40), take(11 * MS));
  }

  @Test
  void inAHurryNothingWaits() throws OverloadedException {
    add(upper, 0, 5);
    assertTrue(queue.take(0, true).isPresent());
    assertTrue(queue.take(0, true).isEmpty());
  }

  @Test
  void aJobFitsIntoTheQueueAsAWholeOrNotAtAll() throws OverloadedException {
    add(upper, 0, 5, 5, 5, 5, 5, 5);
    OverloadedException refused =
        assertThrows(OverloadedException.class, () -> add(upper, 0, 5, 5, 5));
    assertTrue(refused.getMessage().contains("6 texts with 30 tokens"), refused.getMessage());
    assertFalse(refused.isClosing());
    assertEquals(6, queue.items());
    add(upper, 0, 5, 5);
    assertEquals(8, queue.items());
    assertEquals(40, queue.tokens());
  }

  @Test
  void theQueueIsBoundedInTokens() throws OverloadedException {
    add(upper, 0, 200);
    assertThrows(OverloadedException.class, () -> add(upper, 0, 101));
    add(upper, 0, 100);
    assertEquals(300, queue.tokens());
  }

  @Test
  void whatNobodyWaitsForIsNotComputedAndMakesRoom() throws OverloadedException {
    Job<String> cancelled = add(upper, 0, 5, 6);
    add(upper, 0, 5 * MS, 7);
    add(upper, 0, 8);
    cancelled.result().cancel(false);
    assertEquals(List.of(8), take(10 * MS));
    assertEquals(0, queue.items());
    add(upper, 0, 5 * MS, 150);
    add(upper, 0, 5 * MS, 150);
    assertThrows(OverloadedException.class, () -> add(upper, 4 * MS, 9));
    add(upper, 5 * MS, 9);
    assertEquals(9, queue.tokens());
  }

  @Test
  void whatIsGivenUpIsTold() throws OverloadedException {
    Job<String> job = add(upper, 0, 5, 6, 40);
    assertEquals(List.of(job, job, job), queue.clear());
    assertEquals(0, queue.items());
  }

  @Test
  void limitsAreChecked() {
    BatchLimits good = BatchLimits.defaults();
    assertThrows(IllegalArgumentException.class, () -> good.withWorkers(0));
    assertThrows(IllegalArgumentException.class, () -> good.withQueue(1, 10));
    assertThrows(IllegalArgumentException.class, () -> good.withQueue(0, 10_000));
    assertThrows(
        IllegalArgumentException.class, () -> good.withBatch(10, 1, Duration.ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> new Weighed<>("", 0));
  }
}
