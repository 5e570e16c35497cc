package io.github.electra4j.serve.metric;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * What happened since the service was started. Safe for several threads.
 *
 * <p>Labels are routes, statuses and reasons that the service knows, never what a caller sent, so
 * that the number of lines is bounded.
 */
public final class ServiceMetrics {
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };
  private static final double[] ITEMS = {1, 2, 4, 8, 16, 32, 64, 128};
  private static final double[] TOKENS = {16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192};

  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Map<String, Histogram> latencies = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> rejections = new ConcurrentSkipListMap<>();
  private final Histogram batchItems = new Histogram(ITEMS);
  private final Histogram batchTokens = new Histogram(TOKENS);
  private final Histogram batchSeconds = new Histogram(SECONDS);
  private final AtomicInteger inFlight = new AtomicInteger();

  /** A request has begun. */
  public void begun() {
    inFlight.incrementAndGet();
  }

  /**
   * A request has been answered.
   *
   * @param route one of the service's, or {@code other}
   */
  public void answered(String route, int status, long nanos) {
    inFlight.decrementAndGet();
    requests
        .computeIfAbsent(
            "route=\"%s\",status=\"%d\"".formatted(route, status), key -> new LongAdder())
        .increment();
    latencies
        .computeIfAbsent("route=\"%s\"".formatted(route), key -> new Histogram(SECONDS))
        .record(nanos / 1e9);
  }

  /**
   * A request was not computed because of the service's state.
   *
   * @param reason a word, e.g. {@code overloaded}
   */
  public void rejected(String reason) {
    rejections
        .computeIfAbsent("reason=\"%s\"".formatted(reason), key -> new LongAdder())
        .increment();
  }

  /** A batch was computed. */
  public void computed(int items, int tokens, long nanos) {
    batchItems.record(items);
    batchTokens.record(tokens);
    batchSeconds.record(nanos / 1e9);
  }

  /** Requests that have not been answered yet. */
  public int inFlight() {
    return inFlight.get();
  }

  /**
   * All numbers.
   *
   * @param queuedItems texts that wait
   * @param queuedTokens tokens that wait
   */
  public String text(IntSupplier queuedItems, IntSupplier queuedTokens) {
    PrometheusText text = new PrometheusText();
    counters(text, "electra_requests_total", "Requests by route and status.", requests);
    text.head(
        "electra_request_duration_seconds", "histogram", "From a request's head to its answer.");
    latencies.forEach((route, each) -> each.write(text, "electra_request_duration_seconds", route));
    text.single(
        "electra_requests_in_flight", "gauge", "Requests not answered yet.", inFlight.get());
    counters(
        text, "electra_rejected_total", "Requests refused or given up, by reason.", rejections);
    text.single("electra_queue_items", "gauge", "Texts that wait.", queuedItems.getAsInt());
    text.single("electra_queue_tokens", "gauge", "Tokens that wait.", queuedTokens.getAsInt());
    histogram(text, "electra_batch_items", "Texts per batch.", batchItems);
    histogram(text, "electra_batch_tokens", "Tokens per batch, without padding.", batchTokens);
    histogram(text, "electra_batch_duration_seconds", "Time to compute a batch.", batchSeconds);
    text.single("electra_heap_bytes", "gauge", "Java's heap in use.", (double) Memory.heap());
    Memory.resident()
        .ifPresent(
            bytes ->
                text.single(
                    "process_resident_memory_bytes",
                    "gauge",
                    "Physical memory in use.",
                    (double) bytes));
    return text.toString();
  }

  private static void counters(
      PrometheusText text, String name, String help, Map<String, LongAdder> counts) {
    text.head(name, "counter", help);
    counts.forEach((labels, count) -> text.line(name, labels, (double) count.sum()));
  }

  private static void histogram(PrometheusText text, String name, String help, Histogram values) {
    text.head(name, "histogram", help);
    values.write(text, name, "");
  }
}
