package io.github.electra4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.github.electra4j.serve.batch.BatchLimits;
import io.github.electra4j.serve.task.RequestLimits;
import io.github.electra4j.serve.task.ServedModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The description against the addresses that there are and the answers that they give. */
class OpenApiTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Requests of every form, by address. */
  private static final Map<String, List<String>> GOOD =
      Map.of(
          "/v1/classify",
          List.of(
              "{\"text\": \"a\"}",
              "{\"text\": \"a\", \"pair\": \"b\"}",
              "{\"texts\": [\"a\", {\"text\": \"b\", \"pair\": \"\"}]}"),
          "/v1/regress",
          List.of(
              "{\"text\": \"a\", \"pair\": \"b\"}",
              "{\"texts\": [\"a\", {\"text\": \"b\", \"pair\": \"\"}]}"),
          "/v1/parse",
          List.of("{\"text\": \"red film\"}", "{\"texts\": [\"red\", \"a .\"]}"),
          "/v1/answer",
          List.of(
              "{\"question\": \"who\", \"context\": \"red film\", \"top\": 20}",
              "{\"questions\": [{\"question\": \"who\", \"context\": \"red\"}]}"),
          "/v1/tag",
          List.of("{\"text\": \"red film\"}", "{\"texts\": [\"red\", \"a .\"]}"),
          "/v1/rank",
          List.of("{\"query\": \"who\", \"documents\": [\"red film\", \"the blue\"]}"),
          "/v1/detect",
          List.of("{\"text\": \"red film\"}", "{\"texts\": [\"red\", \"a .\"]}"),
          "/v1/embed",
          List.of("{\"text\": \"red film\", \"normalize\": true}", "{\"texts\": [\"red\"]}"),
          "/v1/fill-mask",
          List.of("{\"text\": \"a [MASK] [MASK]\", \"top\": 2}", "{\"texts\": [\"[MASK]\"]}"));

  private static final List<String> BAD =
      List.of("{}", "[]", "{\"texts\": []}", "{\"text\": 3}", "{\"text\": \"a\", \"more\": 1}");

  private static JsonNode description;
  private static ServedModel model;
  private static ElectraServer server;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    try (InputStream in = ElectraServer.class.getResourceAsStream("openapi.json")) {
      description = MAPPER.readTree(in);
    }
    model = TinyModel.all();
    server = ElectraServer.start(model, ServeConfig.defaults());
    client = new Client(server.uri());
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  /** What is wrong with a value, by the schema of that name. */
  private static Set<ValidationMessage> faults(String reference, JsonNode value) {
    ObjectNode schema = MAPPER.createObjectNode().put("$ref", reference);
    schema.set("components", description.path("components"));
    JsonSchema compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    return compiled.validate(value);
  }

  private static String schema(String path, String method, String pointer) {
    String reference =
        description.path("paths").path(path).path(method).at(pointer).path("$ref").asText();
    assertFalse(reference.isEmpty(), path + pointer);
    return reference;
  }

  private static String answerSchema(String path, String method, int status) {
    return schema(path, method, "/responses/" + status + "/content/application~1json/schema");
  }

  @Test
  void everyAddressIsDescribedAndNoOther() throws Exception {
    Set<String> routes = new TreeSet<>();
    Route.known().forEach(r -> routes.add(r.method().toLowerCase(Locale.ROOT) + " " + r.path()));
    Set<String> described = new TreeSet<>();
    description
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> described.add(method + " " + path.getKey())));
    assertEquals(routes, described);
    assertEquals(description, Client.json(client.get("/openapi.json")));
  }

  @Test
  void realAnswersAreAsDescribed() throws Exception {
    for (Map.Entry<String, List<String>> each : GOOD.entrySet()) {
      String path = each.getKey();
      for (String body : each.getValue()) {
        String request = schema(path, "post", "/requestBody/content/application~1json/schema");
        assertEquals(Set.of(), faults(request, MAPPER.readTree(body)), body);
        HttpResponse<String> answer = client.ask(path, body);
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(
            Set.of(), faults(answerSchema(path, "post", 200), Client.json(answer)), answer.body());
      }
    }
    for (String path : List.of("/v1/model", "/health/live", "/health/ready")) {
      assertEquals(
          Set.of(), faults(answerSchema(path, "get", 200), Client.json(client.get(path))), path);
    }
  }

  @Test
  void whatIsRefusedIsDescribedAsWrong() throws Exception {
    for (String path : GOOD.keySet()) {
      for (String body : BAD) {
        String request = schema(path, "post", "/requestBody/content/application~1json/schema");
        assertFalse(faults(request, MAPPER.readTree(body)).isEmpty(), path + " " + body);
        HttpResponse<String> answer = client.ask(path, body);
        assertEquals(422, answer.statusCode(), path + " " + body);
        assertEquals(Set.of(), faults(answerSchema(path, "post", 422), Client.json(answer)), body);
      }
      HttpResponse<String> malformed = client.ask(path, "{");
      assertEquals(Set.of(), faults(answerSchema(path, "post", 400), Client.json(malformed)), path);
      HttpResponse<String> get = client.get(path);
      assertHeaders(get, path, "post");
      assertEquals(Set.of(), faults(answerSchema(path, "post", 405), Client.json(get)), path);
    }
  }

  /** Fails unless an answer has the headers that are described, in the form that is described. */
  private static void assertHeaders(HttpResponse<String> answer, String path, String method)
      throws IOException {
    JsonNode headers =
        description
            .path("paths")
            .path(path)
            .path(method)
            .path("responses")
            .path(Integer.toString(answer.statusCode()))
            .path("headers");
    assertFalse(headers.isEmpty(), path + " " + answer.statusCode());
    for (Map.Entry<String, JsonNode> each : headers.properties()) {
      String value = answer.headers().firstValue(each.getKey()).orElseThrow();
      String reference = each.getValue().path("$ref").asText();
      JsonNode header = description.at(reference.substring(1));
      boolean number = header.at("/schema/type").asText().equals("integer");
      JsonNode json = number ? MAPPER.readTree(value) : MAPPER.getNodeFactory().textNode(value);
      assertEquals(Set.of(), faults(reference + "/schema", json), value);
    }
  }

  @Test
  void headersOfRefusalsAreDescribed() throws Exception {
    ServeConfig usual = ServeConfig.defaults();
    try (ElectraServer locked =
        ElectraServer.start(model, usual.withToken("correct-horse-battery"))) {
      Client stranger = new Client(locked.uri());
      assertHeaders(stranger.get("/v1/model"), "/v1/model", "get");
      assertHeaders(stranger.ask("/v1/detect", "{}"), "/v1/detect", "post");
    }
    BatchLimits held = BatchLimits.defaults().withBatch(1000, 4, Duration.ofMinutes(1));
    ServeConfig full =
        usual
            .withRequests(new RequestLimits(10_000, 2, 100, Duration.ofMinutes(5)))
            .withBatches(held.withQueue(2, 1000));
    try (ElectraServer busy = ElectraServer.start(model, full)) {
      Client caller = new Client(busy.uri());
      CompletableFuture<HttpResponse<String>> waiting =
          caller.askLater("/v1/detect", "{\"texts\": [\"red\", \"blue\"]}");
      caller.awaitMetric("electra_queue_items", 2);
      assertHeaders(caller.ask("/v1/detect", "{\"text\": \"red\"}"), "/v1/detect", "post");
      assertTrue(busy.stop(), "what waited is computed at the end");
      assertEquals(200, waiting.get().statusCode());
    }
  }

  @Test
  void everyStatusThatCanComeIsDescribed() {
    description
        .path("paths")
        .properties()
        .forEach(
            path -> {
              if (path.getValue().has("post")) {
                Set<String> statuses = new TreeSet<>();
                path.getValue().at("/post/responses").fieldNames().forEachRemaining(statuses::add);
                assertTrue(
                    statuses.containsAll(
                        Set.of(
                            "200", "400", "401", "405", "408", "409", "413", "415", "421", "422",
                            "500", "503", "504")),
                    path.getKey());
              }
            });
  }
}
