package io.github.electra4j.serve;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads a request's body without holding a thread, and refuses one that is too large. */
final class BodyReader {
  /** A body that is too large is still read up to here, so that the caller sees the answer. */
  private static final long MOST_DISCARDED = 16L << 20;

  private final Request request;
  private final int limit;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long seen;

  private BodyReader(Request request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  /** The body; fails with {@link RefusedException} if it has more than {@code limit} bytes. */
  static CompletableFuture<byte[]> read(Request request, int limit) {
    BodyReader reader = new BodyReader(request, limit);
    if (request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > limit + MOST_DISCARDED) {
      reader.whole.completeExceptionally(tooLarge(limit));
    } else {
      reader.readOn();
    }
    return reader.whole;
  }

  private void readOn() {
    while (!whole.isDone()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this::readOn);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        whole.completeExceptionally(
            new RefusedException(
                Reply.error(400, "incomplete_body", "The body ended before it was complete.")));
        return;
      }
      keep(chunk);
    }
  }

  private void keep(Content.Chunk chunk) {
    seen += chunk.remaining();
    if (seen <= limit) {
      byte[] bytes = new byte[chunk.remaining()];
      chunk.getByteBuffer().get(bytes);
      kept.writeBytes(bytes);
    }
    boolean last = chunk.isLast();
    chunk.release();
    if (seen > limit && (last || seen > limit + MOST_DISCARDED)) {
      whole.completeExceptionally(tooLarge(limit));
    } else if (last) {
      whole.complete(kept.toByteArray());
    }
  }

  private static RefusedException tooLarge(int limit) {
    return new RefusedException(
        Reply.error(
                413,
                "body_too_large",
                "The body has more than %d bytes; send fewer or shorter texts per request."
                    .formatted(limit))
            .with("Connection", "close"));
  }
}
