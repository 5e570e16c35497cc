package io.github.electra4j.bench.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who asks the service. */
final class Caller {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  Caller(URI base) {
    this.base = base;
  }

  static String body(List<String> texts) {
    Object fields =
        texts.size() == 1
            ? MAPPER.createObjectNode().put("text", texts.get(0))
            : MAPPER.createObjectNode().set("texts", MAPPER.valueToTree(texts));
    return fields.toString();
  }

  private HttpRequest request(String body) {
    return HttpRequest.newBuilder(base.resolve("/v1/classify"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  HttpResponse<String> ask(String body) throws IOException, InterruptedException {
    return http.send(request(body), BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> askLater(String body) {
    return http.sendAsync(request(body), BodyHandlers.ofString());
  }

  /** The probabilities of the label {@code positive}, one per text. */
  static double[] positive(HttpResponse<String> answer) throws IOException {
    JsonNode results = MAPPER.readTree(answer.body()).path("results");
    double[] values = new double[results.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = results.get(i).at("/probabilities/positive").asDouble(Double.NaN);
    }
    return values;
  }

  /** The sum of the metrics whose line starts like this. */
  double metric(String start) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(base.resolve("/metrics")).build();
    return http.send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
