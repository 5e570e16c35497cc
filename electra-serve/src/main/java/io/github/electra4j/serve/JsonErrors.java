package io.github.electra4j.serve;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The errors that Jetty answers by itself, in the form of all others. */
final class JsonErrors extends ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(JsonErrors.class);

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    if (isFault(code)) {
      LOG.warn("A request could not be answered: {}", message, cause);
    }
    Reply reply = reply(code);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
  }

  /** Whether it is the service's; 501 and 505 are answers to requests that are no HTTP/1.1. */
  private static boolean isFault(int status) {
    return status >= HttpStatus.INTERNAL_SERVER_ERROR_500
        && status != HttpStatus.NOT_IMPLEMENTED_501
        && status != HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
  }

  private static Reply reply(int status) {
    String word = HttpStatus.getMessage(status);
    if (isFault(status)) {
      return Reply.error(
          status,
          "internal_error",
          "%s: the request could not be answered; the service's log says why.".formatted(word));
    }
    return Reply.error(
        status,
        "bad_request",
        "%s: this is no request that the service understands. See /openapi.json.".formatted(word));
  }
}
