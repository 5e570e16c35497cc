package io.github.electra4j.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.serve.batch.Batcher;
import io.github.electra4j.serve.batch.InvalidInputException;
import io.github.electra4j.serve.batch.Job;
import io.github.electra4j.serve.batch.OverloadedException;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.serve.metric.ServiceMetrics;
import io.github.electra4j.serve.task.Ability;
import io.github.electra4j.serve.task.Endpoint;
import io.github.electra4j.serve.task.InvalidRequestException;
import io.github.electra4j.serve.task.RequestLimits;
import io.github.electra4j.serve.task.ServedModel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Questions to the model: from a request's body to the answer's JSON, or to the right error. */
final class Asking {
  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

  private final ServedModel model;
  private final RequestLimits limits;
  private final Batcher batcher;
  private final ServiceMetrics metrics;

  Asking(ServedModel model, RequestLimits limits, Batcher batcher, ServiceMetrics metrics) {
    this.model = model;
    this.limits = limits;
    this.batcher = batcher;
    this.metrics = metrics;
  }

  /**
   * The answer, some time later.
   *
   * @throws RefusedException if the body need not be read for saying no
   */
  CompletableFuture<Reply> ask(Request request, Route route) throws RefusedException {
    Ability ability = Ability.at(route.path()).orElseThrow();
    requireJson(request);
    Endpoint<?, ?> endpoint =
        model.endpoint(ability).orElseThrow(() -> new RefusedException(cannot(ability)));
    long start = request.getHeadersNanoTime();
    return BodyReader.read(request, limits.bodyBytes())
        .orTimeout(left(start), TimeUnit.NANOSECONDS)
        .exceptionallyCompose(Asking::late)
        .thenCompose(bytes -> submit(endpoint, bytes, start));
  }

  private long left(long start) {
    return Math.max(0, start + limits.timeout().toNanos() - System.nanoTime());
  }

  private static void requireJson(Request request) throws RefusedException {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    String plain = type == null ? "" : type.toLowerCase(Locale.ROOT).replace(" ", "");
    if (!plain.equals(Reply.JSON) && !plain.matches("application/json;charset=\"?utf-8\"?")) {
      throw new RefusedException(
          Reply.error(
              415,
              "unsupported_media_type",
              "Send JSON in UTF-8 with the header Content-Type: application/json."));
    }
    if (request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)) {
      throw new RefusedException(
          Reply.error(
              415,
              "unsupported_encoding",
              "Compressed bodies are not taken; leave Content-Encoding out."));
    }
  }

  private Reply cannot(Ability ability) {
    List<String> can = model.abilities().stream().map(Ability::word).toList();
    return Reply.error(
        409,
        "not_supported_by_model",
        "The model %s cannot %s; it can %s. %s"
            .formatted(model.name(), ability.word(), String.join(", ", can), remedy(ability)));
  }

  private String remedy(Ability ability) {
    List<String> tasks = model.undecided().get(ability);
    return tasks == null
        ? "What is needed is a model that is %s.".formatted(ability.needs())
        : "It has heads for %s, and one is needed: start the service with --task and one of them."
            .formatted(String.join(", ", tasks));
  }

  /** What becomes of a body that did not come. */
  private static CompletableFuture<byte[]> late(Throwable failure) {
    return CompletableFuture.failedFuture(
        unwrapped(failure) instanceof TimeoutException
            ? new RefusedException(
                Reply.error(408, "body_timeout", "The body did not arrive in time.")
                    .with("Connection", "close"))
            : failure);
  }

  private <I, O> CompletableFuture<Reply> submit(Endpoint<I, O> endpoint, byte[] body, long start) {
    try {
      List<Weighed<I>> inputs = endpoint.read(JsonBody.parse(body), limits);
      requireFewTokens(inputs);
      Job<O> job = batcher.submit(endpoint, inputs, Duration.ofNanos(left(start)));
      return job.result().thenApplyAsync(outputs -> written(endpoint, inputs, outputs));
    } catch (RefusedException e) {
      return CompletableFuture.completedFuture(e.reply());
    } catch (InvalidRequestException e) {
      return CompletableFuture.completedFuture(
          Reply.error(e.status(), e.code(), e.getMessage(), e.field()));
    } catch (OverloadedException e) {
      metrics.rejected(e.isClosing() ? "stopping" : "overloaded");
      return CompletableFuture.completedFuture(e.isClosing() ? stopping() : overloaded(e));
    }
  }

  private <I> void requireFewTokens(List<Weighed<I>> inputs) throws RefusedException {
    long tokens = inputs.stream().mapToLong(Weighed::tokens).sum();
    if (tokens > limits.tokens()) {
      throw new RefusedException(
          Reply.error(
              413,
              "too_many_tokens",
              "The texts have %d tokens; at most %d are taken in one request."
                  .formatted(tokens, limits.tokens())));
    }
  }

  private <I, O> Reply written(Endpoint<I, O> endpoint, List<Weighed<I>> inputs, List<O> outputs) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("model", model.name());
    ArrayNode results = root.putArray("results");
    for (int i = 0; i < outputs.size(); i++) {
      results.add(endpoint.write(inputs.get(i).input(), outputs.get(i)));
    }
    return Reply.json(200, root);
  }

  private Reply overloaded(OverloadedException e) {
    return Reply.error(503, "overloaded", e.getMessage() + ". Try again later.")
        .with("Retry-After", Integer.toString(batcher.secondsUntilRoom()));
  }

  /** What is answered while the service stops. */
  static Reply stopping() {
    return Reply.error(503, "stopping", "The service is stopping.")
        .with("Retry-After", "5")
        .with("Connection", "close");
  }

  /** The answer when something went wrong on the way. */
  Reply reply(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof RefusedException refused) {
      return refused.reply();
    }
    if (cause instanceof TimeoutException) {
      metrics.rejected("timeout");
      return Reply.error(
          504,
          "timeout",
          "The answer was not ready within %d ms; send less per request, or try again when less is waiting."
              .formatted(limits.timeout().toMillis()));
    }
    if (cause instanceof CancellationException) {
      metrics.rejected("stopping");
      return stopping();
    }
    if (cause instanceof InvalidInputException) {
      return Reply.error(422, "unprocessable_text", cause.getMessage());
    }
    LOG.warn("A request could not be answered", cause);
    metrics.rejected("failed");
    return Reply.error(
        500,
        "internal_error",
        "The answer could not be computed (%s); the service's log says where."
            .formatted(cause.getClass().getSimpleName()));
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
