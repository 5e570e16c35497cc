package io.github.electra4j.tokenizer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InOrderTest {
  @Test
  void resultsArriveInTheOrderOfTheInput() throws IOException {
    CountDownLatch second = new CountDownLatch(1);
    List<Integer> results = new ArrayList<>();
    InOrder.run(
        2,
        numbers(50),
        number -> {
          if (number == 0) {
            await(second); // the first input is done after the second one
          } else {
            second.countDown();
          }
          return number * 10;
        },
        results::add);
    assertEquals(IntStream.range(0, 50).mapToObj(i -> i * 10).toList(), results);
  }

  @Test
  void fewInputsAreUnderWayAtATime() throws IOException {
    int[] underWay = new int[2];
    Iterator<Integer> numbers = IntStream.range(0, 100).iterator();
    InOrder.<Integer, Integer>run(
        3,
        () -> {
          underWay[0]++;
          underWay[1] = Math.max(underWay[1], underWay[0]);
          return numbers.hasNext() ? numbers.next() : null;
        },
        number -> number,
        number -> underWay[0]--);
    assertTrue(underWay[1] <= 8, underWay[1] + " inputs");
  }

  @Test
  void theFirstFailureIsThrown() {
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                InOrder.<Integer, Integer>run(
                    4,
                    numbers(50),
                    number -> {
                      if (number > 10) {
                        throw new IOException("input " + number);
                      }
                      return number;
                    },
                    number -> {}));
    assertEquals("input 11", failure.getMessage());
  }

  @Test
  void uncheckedFailuresAreThrownAsTheyAre() {
    assertThrows(
        IllegalStateException.class,
        () ->
            InOrder.<Integer, Integer>run(
                1,
                numbers(3),
                number -> {
                  throw new IllegalStateException("bug");
                },
                number -> {}));
    assertThrows(
        StackOverflowError.class,
        () ->
            InOrder.<Integer, Integer>run(
                1,
                numbers(3),
                number -> {
                  throw new StackOverflowError();
                },
                number -> {}));
  }

  @Test
  void atLeastOneThreadIsNeeded() {
    assertThrows(
        IllegalArgumentException.class,
        () -> InOrder.<Integer, Integer>run(0, numbers(3), number -> number, number -> {}));
  }

  @Test
  void anInterruptEndsTheWork() {
    Thread.currentThread().interrupt();
    assertThrows(
        java.io.InterruptedIOException.class,
        () -> InOrder.<Integer, Integer>run(1, numbers(3), number -> number, number -> {}));
    assertTrue(Thread.interrupted(), "the thread still knows that it was interrupted");
  }

  private static InOrder.Source<Integer> numbers(int count) {
    Iterator<Integer> numbers = IntStream.range(0, count).iterator();
    return () -> numbers.hasNext() ? numbers.next() : null;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
