package io.github.electra4j.bench.serving;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The service under load, over loopback, from the point of view of its callers. */
public final class LoadComparison {
  /** Shares of the time: warming up, one caller; the others share the rest. */
  private static final double WARM_UP = 0.15;

  private static final double ALONE = 0.25;
  private static final String ANSWERS = "electra_requests_total{route=\"/v1/classify\"";
  private static final String COMPUTED = "electra_batch_items_sum";
  private static final int BURST = 48;
  private static final int BURST_TEXTS = 64;
  private static final int BODY_BYTES = 1 << 20;

  private final LoadOptions options;
  private final PrintStream out;

  LoadComparison(LoadOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs the comparison; see {@code --help}. */
  public static void main(String[] args) throws Exception {
    if (List.of(args).contains("--help")) {
      System.out.println(LoadOptions.HELP);
      return;
    }
    LoadOptions options = LoadOptions.parse(args);
    Path folder = Files.createTempDirectory("load");
    try {
      new LoadComparison(options, System.out).run(folder);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /**
   * Serves, asks and prints.
   *
   * @param folder empty, for the model
   * @throws IllegalStateException if an answer was lost, doubled or wrong
   */
  void run(Path folder) throws Exception {
    RandomModel.write(folder.resolve("model"), options.tiny());
    try (ServiceProcess service =
        ServiceProcess.start(folder.resolve("model"), folder.resolve("log"))) {
      Caller caller = new Caller(service.uri());
      Phase phase = new Phase(caller, RandomModel.texts(options.texts()));
      double[] expected = phase.expected();
      phase.run(Collections.max(options.clients()), WARM_UP * options.seconds(), expected);
      measure(service, caller, phase, expected);
      overload(caller, expected);
      wrongBodies(caller);
      memory(service, "after overload");
    }
  }

  private void measure(ServiceProcess service, Caller caller, Phase phase, double[] expected)
      throws Exception {
    double answeredBefore = caller.metric(ANSWERS);
    double computedBefore = caller.metric(COMPUTED);
    memory(service, "start");
    List<Phase.Result> results = new ArrayList<>();
    results.add(phase.run(1, ALONE * options.seconds(), expected));
    out.println(results.get(0).line());
    double each = (1 - WARM_UP - ALONE) * options.seconds() / options.clients().size();
    for (int clients : options.clients()) {
      memory(service, "before %d callers".formatted(clients));
      results.add(phase.run(clients, each, expected));
      out.println(results.get(results.size() - 1).line());
    }
    memory(service, "end");
    long asked = results.stream().mapToLong(result -> result.nanos().length).sum();
    requireCounted(caller, ANSWERS, answeredBefore + asked);
    requireCounted(caller, COMPUTED, computedBefore + asked);
    for (Phase.Result result : results) {
      require(
          result.unanswered() == 0 && result.differing() == 0,
          "Answers were lost or wrong: " + result.line());
    }
  }

  /** The service counts an answer when it has sent it, which may be after it came. */
  private static void requireCounted(Caller caller, String metric, double wanted)
      throws IOException, InterruptedException {
    double counted = caller.metric(metric);
    for (int tries = 0; counted < wanted && tries < 100; tries++) {
      Thread.sleep(50);
      counted = caller.metric(metric);
    }
    require(
        counted == wanted,
        "%s: the service counted %.0f, and %.0f came".formatted(metric, counted, wanted));
  }

  /** Far more at once than may wait: what is taken is answered rightly, the rest is refused. */
  private void overload(Caller caller, double[] expected) throws Exception {
    List<String> texts = RandomModel.texts(options.texts());
    List<CompletableFuture<HttpResponse<String>>> burst = new ArrayList<>();
    for (int i = 0; i < BURST; i++) {
      List<String> some = new ArrayList<>();
      for (int t = 0; t < BURST_TEXTS; t++) {
        some.add(texts.get((i + t) % texts.size()));
      }
      burst.add(caller.askLater(Caller.body(some)));
    }
    int answered = 0;
    int refused = 0;
    for (int i = 0; i < BURST; i++) {
      HttpResponse<String> answer = burst.get(i).get();
      if (answer.statusCode() == 503) {
        refused++;
        long wait = answer.headers().firstValueAsLong("Retry-After").orElse(0);
        require(wait >= 1, "503 without Retry-After: " + answer.headers());
      } else {
        answered++;
        requireAnswers(answer, i, expected);
      }
    }
    out.printf(
        Locale.ROOT,
        "overload: %d requests of %d texts at once: %d answered, %d refused with 503 and"
            + " Retry-After%n",
        BURST,
        BURST_TEXTS,
        answered,
        refused);
    require(answered > 0 && refused > 0, "Some of the burst must be taken and some refused");
  }

  private static void requireAnswers(HttpResponse<String> answer, int first, double[] expected)
      throws IOException {
    require(answer.statusCode() == 200, "Neither 200 nor 503: " + answer.body());
    double[] values = Caller.positive(answer);
    require(values.length == BURST_TEXTS, "An answer has %d results".formatted(values.length));
    for (int t = 0; t < values.length; t++) {
      double difference = Math.abs(values[t] - expected[(first + t) % expected.length]);
      require(difference <= 1e-5, "An answer under overload differs by " + difference);
    }
  }

  private void wrongBodies(Caller caller) throws Exception {
    String good = Caller.body(List.of("word1 word2"));
    String large = Caller.body(List.of("word1 ".repeat(BODY_BYTES / 6)));
    List<Integer> statuses =
        List.of(
            caller.ask("{\"text\": ").statusCode(),
            caller.ask("{\"words\": 1}").statusCode(),
            caller.ask(large).statusCode(),
            caller.ask(good).statusCode());
    out.printf("malformed, wrong field, too large, good: %s%n", statuses);
    require(statuses.equals(List.of(400, 422, 413, 200)), "These statuses are not as documented");
  }

  private void memory(ServiceProcess service, String when) throws IOException {
    out.printf("memory, %s: %d MB%n", when, service.residentMegabytes());
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
