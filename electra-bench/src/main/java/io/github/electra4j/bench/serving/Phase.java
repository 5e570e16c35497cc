package io.github.electra4j.bench.serving;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Callers that ask about the texts, one after another each, until the time is over. */
final class Phase {
  private final Caller caller;
  private final List<String> texts;

  Phase(Caller caller, List<String> texts) {
    this.caller = caller;
    this.texts = texts;
  }

  /**
   * What was answered.
   *
   * @param clients how many asked at a time
   * @param nanos per call, ascending
   * @param seconds how long it took in all
   * @param unanswered calls without status 200
   * @param differing answers that are further than 1e-5 from those expected
   * @param farthest the largest difference from an expected probability
   */
  record Result(
      int clients, long[] nanos, double seconds, long unanswered, long differing, double farthest) {
    double perSecond() {
      return nanos.length / seconds;
    }

    double millis(double share) {
      return nanos[(int) Math.min(nanos.length - 1, (long) (share * nanos.length))] / 1e6;
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%3d callers  %6d calls  %7.1f /s  p50 %7.1f ms  p99 %7.1f ms  unanswered %d  differing"
              + " %d (at most %.1e)",
          clients,
          nanos.length,
          perSecond(),
          millis(0.5),
          millis(0.99),
          unanswered,
          differing,
          farthest);
    }
  }

  private static final double TOLERANCE = 1e-5;

  /** Asks about every text once, alone: what later answers must equal. */
  double[] expected() throws IOException, InterruptedException {
    double[] expected = new double[texts.size()];
    for (int i = 0; i < expected.length; i++) {
      HttpResponse<String> answer = caller.ask(Caller.body(List.of(texts.get(i))));
      if (answer.statusCode() != 200) {
        throw new IOException("A single call was answered " + answer.body());
      }
      expected[i] = Caller.positive(answer)[0];
    }
    return expected;
  }

  /** What one caller saw. */
  private static final class Seen {
    private final List<Long> nanos = new ArrayList<>();
    private long unanswered;
    private long differing;
    private double farthest;
  }

  /** Lets callers ask for a time. */
  Result run(int clients, double seconds, double[] expected)
      throws InterruptedException, ExecutionException {
    AtomicLong next = new AtomicLong();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      Callable<Seen> one = () -> ask(next, end, expected);
      List<Future<Seen>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(threads.submit(one));
      }
      List<Seen> seen = new ArrayList<>();
      for (Future<Seen> each : all) {
        seen.add(each.get());
      }
      return together(clients, seen, (System.nanoTime() - start) / 1e9);
    } finally {
      threads.shutdownNow();
    }
  }

  private Seen ask(AtomicLong next, long end, double[] expected)
      throws IOException, InterruptedException {
    Seen seen = new Seen();
    while (System.nanoTime() < end) {
      int i = (int) (next.getAndIncrement() % texts.size());
      String body = Caller.body(List.of(texts.get(i)));
      long before = System.nanoTime();
      HttpResponse<String> answer = caller.ask(body);
      seen.nanos.add(System.nanoTime() - before);
      if (answer.statusCode() != 200) {
        seen.unanswered++;
        continue;
      }
      double difference = Math.abs(Caller.positive(answer)[0] - expected[i]);
      seen.farthest = Math.max(seen.farthest, difference);
      if (!(difference <= TOLERANCE)) {
        seen.differing++;
      }
    }
    return seen;
  }

  private static Result together(int clients, List<Seen> seen, double seconds) {
    long[] nanos =
        seen.stream().flatMap(each -> each.nanos.stream()).mapToLong(n -> n).sorted().toArray();
    long unanswered = seen.stream().mapToLong(each -> each.unanswered).sum();
    long differing = seen.stream().mapToLong(each -> each.differing).sum();
    double farthest = seen.stream().mapToDouble(each -> each.farthest).max().orElseThrow();
    return new Result(clients, nanos, seconds, unanswered, differing, farthest);
  }
}
