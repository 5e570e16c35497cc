package io.github.electra4j.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.electra4j.serve.batch.Batcher;
import io.github.electra4j.serve.metric.ServiceMetrics;
import io.github.electra4j.serve.task.ServedModel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the address that a request is for, checks whether it may ask, and has it answered. */
final class ServiceHandler extends Handler.Abstract {
  private final ServedModel model;
  private final ServeConfig config;
  private final Access access;
  private final Batcher batcher;
  private final ServiceMetrics metrics;
  private final RequestLog log;
  private final Asking asking;
  private final Pages pages = new Pages();
  private volatile boolean draining;

  ServiceHandler(
      ServedModel model, ServeConfig config, Access access, Batcher batcher, Telling telling) {
    this.model = model;
    this.config = config;
    this.access = access;
    this.batcher = batcher;
    this.metrics = telling.metrics();
    this.log = telling.log();
    this.asking = new Asking(model, config.requests(), batcher, metrics);
  }

  /** Whom the handler tells what happens. */
  record Telling(ServiceMetrics metrics, RequestLog log) {}

  /** From now on, requests for the model are refused and the service says that it is not ready. */
  void drain() {
    draining = true;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // whatever comes is sent
  public boolean handle(Request request, Response response, Callback callback) {
    metrics.begun();
    String path = Request.getPathInContext(request);
    Optional<Route> route = Route.at(path);
    Exchange exchange =
        new Exchange(request, response, callback, route.map(Route::path).orElse("other"));
    answer(request, path, route).whenComplete((reply, failure) -> send(exchange, reply, failure));
    return true;
  }

  private CompletableFuture<Reply> answer(Request request, String path, Optional<Route> found) {
    try {
      if (found.isEmpty()) {
        throw new RefusedException(
            Reply.error(
                404,
                "not_found",
                "There is nothing at %.60s; see /openapi.json for what there is.".formatted(path)));
      }
      Route route = found.get();
      if (!route.takes(request.getMethod())) {
        throw new RefusedException(
            Reply.error(
                    405,
                    "method_not_allowed",
                    "%s takes %s, not %.20s."
                        .formatted(route.path(), route.allowed(), request.getMethod()))
                .with("Allow", route.allowed()));
      }
      if (!route.open()) {
        access.check(
            request.getHeaders().get(HttpHeader.AUTHORIZATION),
            request.getHeaders().get(HttpHeader.HOST));
      }
      return answer(request, route);
    } catch (RefusedException e) {
      return CompletableFuture.completedFuture(e.reply());
    }
  }

  private CompletableFuture<Reply> answer(Request request, Route route) throws RefusedException {
    return switch (route.path()) {
      case Route.PAGE -> CompletableFuture.completedFuture(pages.page());
      case Route.DESCRIPTION -> CompletableFuture.completedFuture(pages.description());
      case Route.LIVE -> CompletableFuture.completedFuture(status(200, "live"));
      case Route.READY ->
          CompletableFuture.completedFuture(
              draining ? status(503, "stopping") : status(200, "ready"));
      case Route.METRICS ->
          CompletableFuture.completedFuture(
              Reply.text(
                  "text/plain; version=0.0.4; charset=utf-8",
                  metrics.text(batcher::queuedItems, batcher::queuedTokens)));
      case Route.MODEL ->
          CompletableFuture.completedFuture(Reply.json(200, model.describe(config.requests())));
      default -> ask(request, route);
    };
  }

  private CompletableFuture<Reply> ask(Request request, Route route) throws RefusedException {
    if (draining) {
      metrics.rejected("stopping");
      throw new RefusedException(Asking.stopping());
    }
    return asking.ask(request, route);
  }

  private static Reply status(int code, String word) {
    return Reply.json(code, JsonNodeFactory.instance.objectNode().put("status", word));
  }

  private void send(Exchange exchange, Reply reply, Throwable failure) {
    Reply sent = failure == null ? reply : asking.reply(failure);
    exchange.send(
        sent,
        () -> {
          metrics.answered(exchange.route(), sent.status(), exchange.nanos());
          log.answered(
              exchange.client(),
              exchange.method(),
              exchange.path(),
              sent.status(),
              exchange.nanos());
        });
  }
}
