package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.cli.ElectraProcess.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process: killed, started again at the same port, ended with work to do. */
class ServeIT {
  private static final int KILLED = 137;
  private static final int TERMINATED = 143;

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  private ElectraProcess start(Path model, int port) throws IOException, InterruptedException {
    return ElectraProcess.start(
            folder,
            Surroundings.usual(),
            "serve",
            model,
            "--port",
            port,
            "--access-log",
            "--batch-wait-ms",
            60_000,
            "--batch-texts",
            4)
        .awaitTalk("Ctrl-C ends.");
  }

  private CompletableFuture<HttpResponse<String>> ask(URI base) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("v1/detect"))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"text\": \"a fine film\"}"))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  /** Four texts make a batch. */
  private void assertAnswers(URI base) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> four = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      four.add(ask(base));
    }
    for (CompletableFuture<HttpResponse<String>> each : four) {
      assertEquals(200, each.get().statusCode(), each.get().body());
    }
  }

  /** Two texts wait for others that do not come. */
  private List<CompletableFuture<HttpResponse<String>>> waiting(URI base) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> two = List.of(ask(base), ask(base));
    HttpRequest metrics = HttpRequest.newBuilder(base.resolve("metrics")).build();
    while (!http.send(metrics, BodyHandlers.ofString()).body().contains("electra_queue_items 2")) {
      Thread.sleep(10);
    }
    return two;
  }

  @Test
  void aServiceThatWasKilledStartsAgainAndOneThatIsEndedLosesNothing() throws Exception {
    Path model = DemoFiles.model(folder);
    ElectraProcess first = start(model, 0);
    URI base = URI.create(first.out().strip());
    assertAnswers(base);
    assertEquals(KILLED, first.kill());

    ElectraProcess second = start(model, base.getPort());
    assertEquals(base.toString(), second.out().strip());
    assertAnswers(base);
    List<CompletableFuture<HttpResponse<String>>> left = waiting(base);
    Run ended = second.terminate().end().exits(TERMINATED);
    for (CompletableFuture<HttpResponse<String>> each : left) {
      assertEquals(200, each.get().statusCode());
    }
    assertTrue(
        ended
            .err()
            .lines()
            .anyMatch(
                line ->
                    line.matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"
                            + " 127\\.0\\.0\\.1 POST /v1/detect 200 \\d+\\.\\d ms")),
        ended.err());

    ElectraProcess third = start(model, base.getPort());
    left = waiting(base);
    third.interrupt().end().exits(ExitCode.INTERRUPTED);
    for (CompletableFuture<HttpResponse<String>> each : left) {
      assertEquals(200, each.get().statusCode());
    }
  }
}
