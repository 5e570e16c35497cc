package io.github.electra4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.serve.batch.BatchLimits;
import io.github.electra4j.serve.batch.Batcher;
import io.github.electra4j.serve.batch.InvalidInputException;
import io.github.electra4j.serve.metric.ServiceMetrics;
import io.github.electra4j.serve.task.RequestLimits;
import io.github.electra4j.serve.task.ServedModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Whose fault it is, and where it can be read. */
class FaultsTest {
  @Test
  void ownFaultsAreToldAsSuchAndLoggedWithTheirStackTrace() throws Exception {
    ServiceMetrics metrics = new ServiceMetrics();
    try (ServedModel model = TinyModel.all();
        Batcher batcher = new Batcher(BatchLimits.defaults(), metrics::computed);
        CapturedLog log = new CapturedLog()) {
      Asking asking = new Asking(model, RequestLimits.defaults(), batcher, metrics);
      Reply fault =
          asking.reply(new CompletionException(new IllegalArgumentException("Shape [3] is not")));
      assertEquals(500, fault.status());
      String body = new String(fault.body(), StandardCharsets.UTF_8);
      assertTrue(body.contains("internal_error"), body);
      assertFalse(body.contains("Shape [3]"), "what is internal stays in the log: " + body);
      assertTrue(log.text().contains("WARN"), log.text());
      assertTrue(log.text().contains("IllegalArgumentException: Shape [3] is not"), log.text());
      assertTrue(log.text().contains("at " + FaultsTest.class.getName()), log.text());
    }
  }

  @Test
  void aTextThatCannotBeReadIsItsCallersFaultAndIsNotLogged() throws Exception {
    ServiceMetrics metrics = new ServiceMetrics();
    try (ServedModel model = TinyModel.all();
        Batcher batcher = new Batcher(BatchLimits.defaults(), metrics::computed);
        CapturedLog log = new CapturedLog()) {
      Asking asking = new Asking(model, RequestLimits.defaults(), batcher, metrics);
      Reply refused =
          asking.reply(new InvalidInputException("Word 2 is long", new IllegalStateException()));
      assertEquals(422, refused.status());
      assertTrue(new String(refused.body(), StandardCharsets.UTF_8).contains("Word 2 is long"));
      assertEquals("", log.text());
    }
  }

  @Test
  void whatIsNoHttpIsNotLogged() throws Exception {
    try (ServedModel model = ServedModel.of("plain", TinyModel.with(List.of()));
        ElectraServer server = ElectraServer.start(model, ServeConfig.defaults());
        CapturedLog log = new CapturedLog()) {
      Client client = new Client(server.uri());
      String newer = client.raw("GET / HTTP/7.7\r\nHost: localhost\r\n\r\n");
      assertTrue(newer.startsWith("HTTP/1.1 505 "), newer);
      assertTrue(newer.contains("\"bad_request\""), newer);
      assertEquals("", log.text());
    }
  }

  @Test
  void aWordThatIsLongerThanTheModelReadsIsNamed() throws Exception {
    List<TaskHead> heads =
        List.of(
            new TaskHead.Tagging("colours", List.of("COLOUR", "O")),
            new TaskHead.IntentAndSlots("wish", List.of("see", "ask"), List.of("B-colour", "O")));
    try (ServedModel model = ServedModel.of("short", TinyModel.reading(4, heads));
        ElectraServer server = ElectraServer.start(model, ServeConfig.defaults());
        CapturedLog log = new CapturedLog()) {
      Client client = new Client(server.uri());
      for (String path : List.of("/v1/tag", "/v1/parse")) {
        JsonNode error =
            Client.error(client.ask(path, "{\"text\": \"a redsss\"}"), 422, "unprocessable_text");
        assertTrue(
            error.path("message").asText().contains("Word 2 has 4 tokens"), error.toString());
      }
      assertEquals("", log.text());
    }
  }
}
