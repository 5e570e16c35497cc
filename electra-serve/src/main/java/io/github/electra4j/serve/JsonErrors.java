package io.github.electra4j.serve;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** The errors that Jetty answers by itself, in the form of all others. */
final class JsonErrors extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    Reply reply = reply(code);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
  }

  private static Reply reply(int status) {
    String word = HttpStatus.getMessage(status);
    return Reply.error(
        status,
        status >= 500 ? "internal_error" : "bad_request",
        "%s: this is no request that the service understands. See /openapi.json.".formatted(word));
  }
}
