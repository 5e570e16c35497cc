package io.github.electra4j.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may ask. With a token: who shows it. Without one, the service is at the loopback interface,
 * and only requests that were addressed to it are taken, so that no web page can have a browser ask
 * under a name of its own.
 */
final class Access {
  private static final String BEARER = "bearer ";

  private final Optional<byte[]> secret;

  private Access(Optional<byte[]> secret) {
    this.secret = secret;
  }

  /**
   * The rule for a place.
   *
   * @throws IllegalArgumentException if it can be reached from elsewhere and there is no token
   * @throws UnknownHostException if there is no such host
   */
  static Access of(ServeConfig config) throws UnknownHostException {
    boolean loopback = InetAddress.getByName(config.host()).isLoopbackAddress();
    if (!loopback && config.token().isEmpty()) {
      throw new IllegalArgumentException(
          "%s can be reached from other machines, so callers must show a token and none is set; set one, or listen at 127.0.0.1"
              .formatted(config.host()));
    }
    return new Access(config.token().map(Access::digest));
  }

  /**
   * Lets a request pass.
   *
   * @param authorization its header, or null
   * @param host its header, or null
   * @throws RefusedException if it may not
   */
  void check(String authorization, String host) throws RefusedException {
    if (secret.isPresent()) {
      checkToken(authorization);
    } else if (!isLocal(host)) {
      throw new RefusedException(
          Reply.error(
              421,
              "wrong_host",
              "This service answers requests to localhost only. Set a token to serve other names."));
    }
  }

  private void checkToken(String authorization) throws RefusedException {
    boolean bearer =
        authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
    byte[] shown = digest(bearer ? authorization.substring(BEARER.length()).strip() : "");
    // digests are of one length, and isEqual takes the same time wherever they differ
    if (!MessageDigest.isEqual(secret.orElseThrow(), shown)) {
      throw new RefusedException(
          Reply.error(
                  401,
                  "unauthorized",
                  bearer
                      ? "The token is wrong."
                      : "This service wants the header Authorization: Bearer TOKEN.")
              .with("WWW-Authenticate", "Bearer realm=\"electra\""));
    }
  }

  private static boolean isLocal(String host) {
    String name = host == null ? "" : host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }
}
