package io.github.electra4j.serve;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request and the way back to its caller. */
final class Exchange {
  private static final int MOST_OF_PATH = 100;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final String route;
  private final AtomicBoolean answered = new AtomicBoolean();

  /**
   * @param route its address, or a word for all that are unknown
   */
  Exchange(Request request, Response response, Callback callback, String route) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.route = route;
  }

  String route() {
    return route;
  }

  String client() {
    return Request.getRemoteAddr(request);
  }

  String method() {
    return visible(request.getMethod());
  }

  String path() {
    return visible(Request.getPathInContext(request));
  }

  private static String visible(String text) {
    String shown = text.replaceAll("[^!-~]", "?");
    return shown.substring(0, Math.min(shown.length(), MOST_OF_PATH));
  }

  /** Nanoseconds since its head was read. */
  long nanos() {
    return System.nanoTime() - request.getHeadersNanoTime();
  }

  /**
   * Sends the answer.
   *
   * @param done called once it has been handed over or the caller has gone away
   */
  void send(Reply reply, Runnable done) {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("A request is answered once");
    }
    response.setStatus(reply.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, reply.type());
    headers.put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    reply.headers().forEach(headers::put);
    Callback after =
        Callback.from(
            () -> {
              done.run();
              callback.succeeded();
            },
            failure -> {
              done.run();
              callback.failed(failure);
            });
    boolean head = request.getMethod().equals("HEAD");
    response.write(true, ByteBuffer.wrap(head ? new byte[0] : reply.body()), after);
  }
}
