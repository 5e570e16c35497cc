package io.github.electra4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.serve.task.RequestLimits;
import io.github.electra4j.serve.task.ServedModel;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One service, asked well and badly. */
class ElectraServerTest {
  private static final int BODY_BYTES = 20_000;
  private static final List<String> LOG = new CopyOnWriteArrayList<>();

  private static ServedModel model;
  private static ElectraServer server;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    model = TinyModel.all();
    server =
        ElectraServer.start(
            model,
            ServeConfig.defaults()
                .withRequests(new RequestLimits(BODY_BYTES, 4, 2000, Duration.ofMinutes(1))),
            (caller, method, path, status, nanos) -> LOG.add(method + " " + path + " " + status));
    client = new Client(server.uri());
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  private static JsonNode results(String path, String body) throws Exception {
    HttpResponse<String> response = client.ask(path, body);
    assertEquals(200, response.statusCode(), response.body());
    JsonNode json = Client.json(response);
    assertEquals("tiny", json.path("model").asText());
    return json.path("results");
  }

  @Test
  void classifiesTextsAndPairs() throws Exception {
    JsonNode one = results("/v1/classify", "{\"text\": \"a good film\"}").get(0);
    double sum = one.at("/probabilities/bad").asDouble() + one.at("/probabilities/good").asDouble();
    assertEquals(1, sum, 1e-9);
    JsonNode many =
        results(
            "/v1/classify",
            "{\"texts\": [\"bad\", {\"text\": \"a good film\"}, {\"text\": \"bad\", \"pair\": \"the"
                + " film\"}]}");
    assertEquals(3, many.size());
    assertEquals(
        one.at("/probabilities/bad").asDouble(),
        many.get(1).at("/probabilities/bad").asDouble(),
        1e-6);
    assertTrue(
        Math.abs(
                many.get(0).at("/probabilities/bad").asDouble()
                    - many.get(2).at("/probabilities/bad").asDouble())
            > 1e-7);
  }

  @Test
  void answersQuestions() throws Exception {
    String body = "{\"question\": \"who\", \"context\": \"the \uD83D\uDE00 red film\", \"top\": 3}";
    JsonNode result = results("/v1/answer", body).get(0);
    assertTrue(result.has("answer") && result.has("null_odds"), result.toString());
    JsonNode best = result.path("candidates").get(0);
    assertEquals(
        "the \uD83D\uDE00 red film".substring(best.path("start").asInt(), best.path("end").asInt()),
        best.path("text").asText());
    assertTrue(result.path("candidates").size() <= 3);
    assertEquals(
        2,
        results(
                "/v1/answer",
                "{\"questions\": [{\"question\": \"who\", \"context\": \"red\"}, {\"question\":"
                    + " \"who\", \"context\": \"blue\"}]}")
            .size());
  }

  @Test
  void tagsDetectsEmbedsAndFills() throws Exception {
    JsonNode words = results("/v1/tag", "{\"text\": \"A red films.\"}").get(0).path("words");
    assertEquals(4, words.size());
    assertEquals("films", words.get(2).path("text").asText());
    assertEquals(6, words.get(2).path("start").asInt());
    JsonNode tokens = results("/v1/detect", "{\"text\": \"A red films.\"}").get(0).path("tokens");
    assertEquals(5, tokens.size());
    assertEquals("##s", tokens.get(3).path("token").asText());
    JsonNode vectors =
        results("/v1/embed", "{\"texts\": [\"red\", \"blue film\"], \"normalize\": true}");
    double square = 0;
    for (JsonNode value : vectors.get(1).path("vector")) {
      square += value.asDouble() * value.asDouble();
    }
    assertEquals(1, square, 1e-5);
    JsonNode masks =
        results("/v1/fill-mask", "{\"text\": \"a [MASK] film [MASK]\", \"top\": 3}")
            .get(0)
            .path("masks");
    assertEquals(2, masks.size());
    assertEquals(3, masks.get(0).size());
  }

  @Test
  void scoresDocumentsInTheirOrder() throws Exception {
    JsonNode three =
        results(
            "/v1/rank",
            "{\"query\": \"who\", \"documents\": [\"red film\", \"the blue\", \"red film\"]}");
    assertEquals(3, three.size());
    double first = three.get(0).path("score").asDouble();
    assertEquals(first, three.get(2).path("score").asDouble(), 1e-6);
    assertTrue(Math.abs(first - three.get(1).path("score").asDouble()) > 1e-7, three.toString());
  }

  @Test
  void givesNumbersToTextsAndPairs() throws Exception {
    JsonNode three =
        results(
            "/v1/regress",
            "{\"texts\": [\"a red film\", {\"text\": \"a red film\"}, {\"text\": \"a red film\","
                + " \"pair\": \"bad\"}]}");
    double first = three.get(0).path("value").asDouble();
    assertEquals(first, three.get(1).path("value").asDouble(), 1e-4);
    assertTrue(Math.abs(first - three.get(2).path("value").asDouble()) > 1e-3, three.toString());
    assertEquals(5, three.get(0).path("maximum").asDouble());
  }

  @Test
  void parsesUtterances() throws Exception {
    String text = "see the \uD83D\uDE00 red films";
    JsonNode one = results("/v1/parse", "{\"text\": \"" + text + "\"}").get(0);
    double see = one.at("/probabilities/see").asDouble();
    double ask = one.at("/probabilities/ask").asDouble();
    assertEquals(1, see + ask, 1e-9);
    assertEquals(see > ask ? "see" : "ask", one.path("intent").asText());
    for (JsonNode slot : one.path("slots")) {
      assertEquals(
          text.substring(slot.path("start").asInt(), slot.path("end").asInt()),
          slot.path("text").asText());
      assertEquals("colour", slot.path("type").asText());
    }
    assertTrue(one.path("slots").isArray(), one.toString());
  }

  @Test
  void manyCallersAtOnceEachGetTheirOwnAnswer() throws Exception {
    String[] texts = {"red", "a good film", "the bad blue films . who"};
    List<String> expected = new ArrayList<>();
    for (String text : texts) {
      expected.add(tokens(client.ask("/v1/detect", "{\"text\": \"" + text + "\"}")));
    }
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      all.add(client.askLater("/v1/detect", "{\"text\": \"" + texts[i % 3] + "\"}"));
    }
    for (int i = 0; i < all.size(); i++) {
      assertEquals(expected.get(i % 3), tokens(all.get(i).get()));
    }
  }

  private static String tokens(HttpResponse<String> response) throws IOException {
    StringBuilder tokens = new StringBuilder();
    for (JsonNode token : Client.json(response).at("/results/0/tokens")) {
      tokens.append(
          "%s %.4f ".formatted(token.path("token").asText(), token.path("replaced").asDouble()));
    }
    return tokens.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"txt\": \"a\"} | unknown_field | txt",
        "{} | missing_field | text",
        "{\"text\": \"a\", \"texts\": [\"b\"]} | conflicting_fields | texts",
        "{\"text\": 5} | wrong_type | text",
        "{\"text\": null} | wrong_type | text",
        "{\"texts\": \"a\"} | wrong_type | texts",
        "{\"texts\": []} | empty | texts",
        "{\"text\": \"  \"} | empty | text",
        "{\"texts\": [\"a\", \"\"]} | empty | texts[1]",
        "{\"texts\": [\"a\", {\"text\": \"b\", \"pear\": \"c\"}]} | unknown_field | texts[1].pear",
        "{\"texts\": [\"a\", [\"b\"]]} | wrong_type | texts[1]",
        "{\"texts\": [\"a\"], \"pair\": \"c\"} | conflicting_fields | pair",
        "{\"texts\": [\"a\",\"a\",\"a\",\"a\",\"a\"]} | too_many_texts | texts",
        "{\"text\": \"a \\ud83d b\"} | invalid_text | text",
        "[\"a\"] | wrong_type | ''",
      })
  void wrongFieldsAreNamed(String body, String code, String field) throws Exception {
    JsonNode error = Client.error(client.ask("/v1/classify", body), 422, code);
    assertEquals(field, error.path("field").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/fill-mask | {\"text\": \"no mask\"} | no_mask | text",
        "/v1/fill-mask | {\"text\": \"[MASK]\", \"top\": 51} | out_of_range | top",
        "/v1/fill-mask | {\"text\": \"[MASK]\", \"top\": 1.5} | wrong_type | top",
        "/v1/fill-mask | {\"texts\": [\"[MASK]\", \"a\"]} | no_mask | texts[1]",
        "/v1/embed | {\"text\": \"a\", \"normalize\": 1} | wrong_type | normalize",
        "/v1/regress | {\"texts\": [\"a\"], \"pair\": \"b\"} | conflicting_fields | pair",
        "/v1/parse | {\"text\": \"a\", \"pair\": \"b\"} | unknown_field | pair",
        "/v1/rank | {\"query\": \"who\"} | missing_field | documents",
        "/v1/rank | {\"documents\": [\"a\"]} | missing_field | query",
        "/v1/rank | {\"query\": \"who\", \"documents\": [\"a\", \" \"]} | empty | documents[1]",
        "/v1/rank | {\"query\": \"who\", \"documents\": \"a\"} | wrong_type | documents",
        "/v1/answer | {\"question\": \"who\"} | missing_field | context",
        "/v1/answer | {\"questions\": [{\"question\": \"who\", \"context\": \" \"}]} | empty |"
            + " questions[0].context",
        "/v1/answer | {\"questions\": [], \"context\": \"a\"} | conflicting_fields | context",
      })
  void wrongFieldsOfOthersAreNamedToo(String path, String body, String code, String field)
      throws Exception {
    assertEquals(field, Client.error(client.ask(path, body), 422, code).path("field").asText());
  }

  @Test
  void bodiesThatAreNoJsonAreRefused() throws Exception {
    for (String body :
        List.of(
            "",
            "{",
            "{\"text\": \"a\"} x",
            "{\"text\": \"a\", \"text\": \"b\"}",
            "[".repeat(100))) {
      Client.error(client.ask("/v1/classify", body), 400, "malformed_json");
    }
    byte[] latin = "{\"text\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    Client.error(client.send(client.post("/v1/classify", latin)), 400, "invalid_utf8");
  }

  @Test
  void onlyJsonIsTaken() throws Exception {
    byte[] good = "{\"text\": \"a\"}".getBytes(StandardCharsets.UTF_8);
    for (String type : List.of("text/plain", "application/json; charset=latin1")) {
      Client.error(
          client.send(
              client
                  .to("/v1/classify")
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofByteArray(good))),
          415,
          "unsupported_media_type");
    }
    Client.error(
        client.send(client.to("/v1/classify").POST(BodyPublishers.ofByteArray(good))),
        415,
        "unsupported_media_type");
    Client.error(
        client.send(client.post("/v1/classify", good).header("Content-Encoding", "gzip")),
        415,
        "unsupported_encoding");
    HttpResponse<String> charset =
        client.send(
            client
                .to("/v1/classify")
                .header("Content-Type", "Application/JSON; charset=UTF-8")
                .POST(BodyPublishers.ofByteArray(good)));
    assertEquals(200, charset.statusCode());
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    String large = "{\"text\": \"" + "a".repeat(BODY_BYTES) + "\"}";
    Client.error(client.ask("/v1/classify", large), 413, "body_too_large");
    Client.error(client.ask("/v1/classify", large.repeat(60)), 413, "body_too_large");
    HttpResponse<String> chunked =
        client.send(
            client
                .to("/v1/classify")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofInputStream(
                        () ->
                            new java.io.ByteArrayInputStream(
                                large.getBytes(StandardCharsets.UTF_8)))));
    Client.error(chunked, 413, "body_too_large");
    String many = "{\"text\": \"" + "a ".repeat(2000) + "\"}";
    Client.error(client.ask("/v1/classify", many), 413, "too_many_tokens");
    String announced =
        "POST /v1/tag HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: 99999999999\r\n\r\n";
    assertTrue(client.raw(announced).startsWith("HTTP/1.1 413 "));
  }

  @Test
  void unknownAddressesAndWrongMethodsAreNamed() throws Exception {
    Client.error(client.get("/v1/nothing"), 404, "not_found");
    Client.error(client.get("/v1/classify/"), 404, "not_found");
    HttpResponse<String> get = client.get("/v1/classify");
    Client.error(get, 405, "method_not_allowed");
    assertEquals("POST", get.headers().firstValue("Allow").orElseThrow());
    HttpResponse<String> post = client.ask("/metrics", "{}");
    Client.error(post, 405, "method_not_allowed");
    assertEquals("GET, HEAD", post.headers().firstValue("Allow").orElseThrow());
    HttpResponse<String> options =
        client.send(
            client
                .to("/v1/classify")
                .header("Origin", "http://example.org")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    Client.error(options, 405, "method_not_allowed");
    assertTrue(
        options.headers().map().keySet().stream()
            .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("access-control")));
    HttpResponse<String> head =
        client.send(client.to("/v1/model").method("HEAD", BodyPublishers.noBody()));
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
  }

  @Test
  void whatIsNoHttpIsAnsweredInJson() throws Exception {
    for (String request : List.of("nonsense\r\n\r\n", "GET /v1/model HTTP/1.1\r\n\r\n")) {
      String answer = client.raw(request);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertTrue(answer.contains("{\"error\":{\"code\":\"bad_request\""), answer);
    }
    String longHeader = "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9000) + "\r\n\r\n";
    assertTrue(client.raw(longHeader).startsWith("HTTP/1.1 431 "));
  }

  @Test
  void otherHostsAreNotServed() throws Exception {
    String request = "GET /v1/model HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
    assertTrue(client.raw(request.formatted("evil.example")).startsWith("HTTP/1.1 421 "));
    for (String host : List.of("localhost", "LOCALHOST:80", "127.0.0.1:9", "[::1]:80")) {
      assertTrue(client.raw(request.formatted(host)).startsWith("HTTP/1.1 200 "), host);
    }
  }

  @Test
  void theModelIsDescribed() throws Exception {
    JsonNode json = Client.json(client.get("/v1/model"));
    assertEquals(9, json.path("can").size());
    assertEquals("bad", json.path("labels").get(0).asText());
    assertEquals("logit", json.path("rank_scores").asText());
    assertEquals(512, json.path("max_tokens").asInt());
    assertEquals(BODY_BYTES, json.at("/limits/body_bytes").asInt());
  }

  @Test
  void healthMetricsAndPage() throws Exception {
    assertEquals("live", Client.json(client.get("/health/live")).path("status").asText());
    assertEquals("ready", Client.json(client.get("/health/ready")).path("status").asText());
    String counted = "electra_requests_total{route=\"/v1/detect\",status=\"422\"}";
    double before = client.metric(counted);
    Client.error(client.ask("/v1/detect", "{}"), 422, "missing_field");
    client.awaitMetric(counted, before + 1);
    assertTrue(client.metric("electra_heap_bytes") > 0);
    results("/v1/detect", "{\"text\": \"red\"}");
    assertTrue(client.metric("electra_batch_items_count") >= 1);
    assertTrue(LOG.contains("POST /v1/detect 422"));
    HttpResponse<String> page = client.get("/");
    assertTrue(
        page.headers().firstValue("Content-Security-Policy").orElseThrow().contains("sha256-"));
    assertTrue(page.body().contains("<title>ELECTRA</title>"));
  }
}
