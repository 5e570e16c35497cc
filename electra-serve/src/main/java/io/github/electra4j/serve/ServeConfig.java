package io.github.electra4j.serve;

import io.github.electra4j.serve.batch.BatchLimits;
import io.github.electra4j.serve.task.RequestLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a service listens and what it lets through.
 *
 * @param host name or address to listen at; one that is reached from elsewhere needs a token
 * @param port 0 to 65535; 0 takes any that is free
 * @param token what callers must show as {@code Authorization: Bearer TOKEN}; visible ASCII, at
 *     least 16 characters
 * @param requests limits of one request
 * @param batches limits of the batches and the queue
 * @param drain how long requests that are there may take when the service stops
 */
public record ServeConfig(
    String host,
    int port,
    Optional<String> token,
    RequestLimits requests,
    BatchLimits batches,
    Duration drain) {
  private static final String TOKEN = "[!-~]{16,512}";
  private static final int MOST_PORT = 65_535;

  /** Checks the values. */
  public ServeConfig {
    Objects.requireNonNull(host, "host");
    if (port < 0 || port > MOST_PORT) {
      throw new IllegalArgumentException(
          "ServeConfig.port is %d; choose 0 to %d".formatted(port, MOST_PORT));
    }
    if (token.isPresent() && !token.get().matches(TOKEN)) {
      throw new IllegalArgumentException(
          "ServeConfig.token has %d characters; choose 16 to 512 visible ASCII characters without spaces, e.g. the output of openssl rand -hex 32"
              .formatted(token.get().length()));
    }
    if (requests.tokens() > batches.queueTokens() || requests.texts() > batches.queueItems()) {
      throw new IllegalArgumentException(
          "A request may have %d texts and %d tokens, but only %d and %d may wait, so that it could never be served; let more wait or allow less per request"
              .formatted(
                  requests.texts(),
                  requests.tokens(),
                  batches.queueItems(),
                  batches.queueTokens()));
    }
    if (drain.isNegative() || drain.compareTo(Duration.ofMinutes(4)) > 0) {
      throw new IllegalArgumentException(
          "ServeConfig.drain is %d s; choose 0 s to 240 s".formatted(drain.toSeconds()));
    }
  }

  /** At the loopback interface, at a free port, without a token. */
  public static ServeConfig defaults() {
    return new ServeConfig(
        "127.0.0.1",
        0,
        Optional.empty(),
        RequestLimits.defaults(),
        BatchLimits.defaults(),
        Duration.ofSeconds(20));
  }

  /** At another place. */
  public ServeConfig withHost(String other) {
    return new ServeConfig(other, port, token, requests, batches, drain);
  }

  /** At another port. */
  public ServeConfig withPort(int other) {
    return new ServeConfig(host, other, token, requests, batches, drain);
  }

  /** With a token. */
  public ServeConfig withToken(String secret) {
    return new ServeConfig(host, port, Optional.of(secret), requests, batches, drain);
  }

  /** With other limits of a request. */
  public ServeConfig withRequests(RequestLimits other) {
    return new ServeConfig(host, port, token, other, batches, drain);
  }

  /** With other limits of the batches and the queue. */
  public ServeConfig withBatches(BatchLimits other) {
    return new ServeConfig(host, port, token, requests, other, drain);
  }

  /** With another time for the end. */
  public ServeConfig withDrain(Duration other) {
    return new ServeConfig(host, port, token, requests, batches, other);
  }
}
