package io.github.electra4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.serve.batch.BatchLimits;
import io.github.electra4j.serve.task.Ability;
import io.github.electra4j.serve.task.RequestLimits;
import io.github.electra4j.serve.task.ServedModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Services that are full, slow, locked, or at their end. Texts are held in the queue by a wait. */
class ServiceStateTest {
  private static final String TOKEN = "correct-horse-battery-staple";
  private static final String BODY = "{\"text\": \"red\"}";
  private static final Duration LONG = Duration.ofMinutes(5);

  private static ServedModel model;

  @BeforeAll
  static void open() throws IOException {
    model = TinyModel.all();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** A service whose texts wait for a minute unless four are there. */
  private static ServeConfig holding(Duration timeout) {
    return ServeConfig.defaults()
        .withRequests(new RequestLimits(10_000, 2, 100, timeout))
        .withBatches(
            BatchLimits.defaults().withBatch(1000, 4, Duration.ofMinutes(1)).withQueue(3, 1000));
  }

  @Test
  void aFullQueueRefusesAtOnceAndSaysWhenToComeBack() throws Exception {
    try (ElectraServer server = ElectraServer.start(model, holding(LONG))) {
      Client client = new Client(server.uri());
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        waiting.add(client.askLater("/v1/detect", BODY));
      }
      client.awaitMetric("electra_queue_items", 3);
      HttpResponse<String> refused = client.ask("/v1/detect", BODY);
      Client.error(refused, 503, "overloaded");
      assertTrue(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()) >= 1);
      assertEquals(1, client.metric("electra_rejected_total{reason=\"overloaded\"}"));
      assertEquals(3, client.metric("electra_queue_items"));
      assertTrue(server.stop(), "what waited is computed at the end");
      for (CompletableFuture<HttpResponse<String>> each : waiting) {
        assertEquals(200, each.get().statusCode(), "nothing is lost");
      }
    }
  }

  @Test
  void whatTakesTooLongIsGivenUpAndNotComputed() throws Exception {
    try (ElectraServer server = ElectraServer.start(model, holding(Duration.ofMillis(300)))) {
      Client client = new Client(server.uri());
      Client.error(client.ask("/v1/detect", BODY), 504, "timeout");
      client.awaitMetric("electra_queue_items", 0);
      assertEquals(0, client.metric("electra_batch_items_count"));
      assertEquals(1, client.metric("electra_rejected_total{reason=\"timeout\"}"));
      try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        slow.getOutputStream()
            .write(
                "POST /v1/detect HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
                    .getBytes(StandardCharsets.ISO_8859_1));
        String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        assertTrue(answer.contains("body_timeout"), answer);
      }
      assertEquals(200, client.get("/health/ready").statusCode());
    }
  }

  @Test
  void aStoppedServiceTakesNoMoreConnections() throws Exception {
    ElectraServer server = ElectraServer.start(model, holding(LONG));
    int port = server.port();
    assertTrue(server.stop());
    assertTrue(server.stop(), "stopping again does nothing");
    server.awaitStop();
    assertThrows(
        IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    try (ElectraServer again = ElectraServer.start(model, ServeConfig.defaults().withPort(port))) {
      assertEquals(port, again.port());
      IOException taken =
          assertThrows(
              IOException.class,
              () -> ElectraServer.start(model, ServeConfig.defaults().withPort(port)));
      assertTrue(taken.getMessage().contains("port " + port), taken.getMessage());
    }
  }

  @Test
  void withATokenNobodyElseIsServed() throws Exception {
    ServeConfig config = ServeConfig.defaults().withHost("0.0.0.0").withToken(TOKEN);
    try (ElectraServer server = ElectraServer.start(model, config)) {
      Client client = new Client(java.net.URI.create("http://127.0.0.1:" + server.port() + "/"));
      HttpResponse<String> none = client.get("/v1/model");
      Client.error(none, 401, "unauthorized");
      assertTrue(none.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Bearer"));
      for (String wrong : List.of("Bearer wrong", "Basic " + TOKEN, "Bearer " + TOKEN + "x")) {
        Client.error(
            client.send(client.to("/metrics").header("Authorization", wrong)), 401, "unauthorized");
      }
      Client.error(client.ask("/v1/detect", BODY), 401, "unauthorized");
      HttpResponse<String> right =
          client.send(
              client
                  .post("/v1/detect", BODY.getBytes(StandardCharsets.UTF_8))
                  .header("Authorization", "bearer " + TOKEN));
      assertEquals(200, right.statusCode());
      for (String open : List.of("/", "/openapi.json", "/health/live", "/health/ready")) {
        assertEquals(200, client.get(open).statusCode(), open);
      }
    }
  }

  @Test
  void withoutATokenOthersCannotBeServed() {
    for (String host : List.of("0.0.0.0", "::")) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> ElectraServer.start(model, ServeConfig.defaults().withHost(host)));
      assertTrue(refused.getMessage().contains("token"), refused.getMessage());
    }
  }

  @Test
  void aModelSaysWhatItCanWhenItIsAskedForSomethingElse() throws Exception {
    try (ServedModel pretrained = ServedModel.of("plain", TinyModel.with(List.of()));
        ElectraServer server = ElectraServer.start(pretrained, ServeConfig.defaults())) {
      Client client = new Client(server.uri());
      JsonNode error =
          Client.error(client.ask("/v1/classify", BODY), 409, "not_supported_by_model");
      assertTrue(
          error.path("message").asText().contains("detect, embed, fill-mask"), error.toString());
      assertFalse(client.ask("/v1/embed", BODY).body().isEmpty());
    }
  }

  @Test
  void ofSeveralHeadsOneMustBeChosen() throws Exception {
    List<TaskHead> heads =
        List.of(
            new TaskHead.Classification("rte", List.of("entailment", "not_entailment")),
            new TaskHead.Classification("mrpc", List.of("0", "1")),
            new TaskHead.Tagging("chunk", List.of("B-NP", "O")));
    try (ServedModel several = ServedModel.of("several", TinyModel.with(heads));
        ElectraServer server = ElectraServer.start(several, ServeConfig.defaults())) {
      assertEquals("{CLASSIFY=[rte, mrpc]}", several.undecided().toString());
      assertEquals("[TAG, RANK, DETECT, EMBED, FILL_MASK]", several.abilities().toString());
      JsonNode error =
          Client.error(
              new Client(server.uri()).ask("/v1/classify", BODY), 409, "not_supported_by_model");
      String message = error.path("message").asText();
      assertTrue(message.contains("heads for rte, mrpc"), message);
      assertTrue(message.contains("--task"), message);
    }
    try (ServedModel one = ServedModel.of("one", TinyModel.with(heads).withHead("mrpc"))) {
      assertEquals("{}", one.undecided().toString());
      assertTrue(one.abilities().contains(Ability.CLASSIFY));
      assertFalse(one.abilities().contains(Ability.RANK), "1 may stand for anything");
    }
  }

  private static void assertRanks(String name, TaskHead head, Optional<String> label)
      throws Exception {
    try (ServedModel model = ServedModel.of(name, TinyModel.with(List.of(head)), label);
        ElectraServer server = ElectraServer.start(model, ServeConfig.defaults())) {
      Client client = new Client(server.uri());
      assertEquals(name, Client.json(client.get("/v1/model")).path("rank_scores").asText());
      String body = "{\"query\": \"who\", \"documents\": [\"red film\", \"the bad\"]}";
      JsonNode results = Client.json(client.ask("/v1/rank", body)).path("results");
      assertEquals(2, results.size(), results.toString());
      String other = name.equals("value") ? "/v1/regress" : "/v1/classify";
      String pairs =
          "{\"texts\": [{\"text\": \"who\", \"pair\": \"red film\"}, {\"text\": \"who\","
              + " \"pair\": \"the bad\"}]}";
      JsonNode same = Client.json(client.ask(other, pairs)).path("results");
      String field =
          name.equals("value") ? "/value" : "/probabilities/" + label.orElse("entailment");
      for (int i = 0; i < 2; i++) {
        assertEquals(
            same.get(i).at(field).asDouble(), results.get(i).path("score").asDouble(), 1e-5);
      }
    }
  }

  @Test
  void headsOfPairsRankAsTheyJudgePairs() throws Exception {
    assertRanks(
        "probability",
        new TaskHead.Classification("qnli", List.of("entailment", "not_entailment")),
        Optional.empty());
    assertRanks(
        "probability", new TaskHead.Classification("qqp", List.of("0", "1")), Optional.of("1"));
    assertRanks("value", new TaskHead.Regression("sts", 0, 5), Optional.empty());
  }

  @Test
  void aHeadIsChosenByItsTask() throws Exception {
    try (ServedModel one = ServedModel.of("one", TinyModel.with(TinyModel.HEADS).withHead("qa"))) {
      assertEquals("[ANSWER, DETECT, EMBED, FILL_MASK]", one.abilities().toString());
    }
    assertThrows(IOException.class, () -> TinyModel.with(TinyModel.HEADS).withHead("none"));
  }

  @Test
  void settingsAreChecked() {
    ServeConfig good = ServeConfig.defaults();
    assertThrows(IllegalArgumentException.class, () -> good.withPort(65_536));
    assertThrows(IllegalArgumentException.class, () -> good.withToken("short"));
    assertThrows(IllegalArgumentException.class, () -> good.withToken("with a space in it, long"));
    assertThrows(IllegalArgumentException.class, () -> good.withDrain(Duration.ofHours(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> good.withBatches(BatchLimits.defaults().withQueue(10, 65_536)));
    assertThrows(
        IllegalArgumentException.class, () -> new RequestLimits(10, 1, 1, Duration.ofSeconds(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RequestLimits(10_000, 0, 1, Duration.ofSeconds(1)));
    assertThrows(
        IllegalArgumentException.class, () -> new RequestLimits(10_000, 1, 1, Duration.ZERO));
  }
}
