package io.github.electra4j.convert.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's answer to the request for a file, or for the rest of it, after all redirects.
 *
 * <p>Every read waits at most for {@link Patience#read}, so a server that falls silent is noticed.
 */
final class RemoteFile implements Closeable {
  private static final int MOST_REDIRECTS = 10;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18})");

  private final HttpURLConnection connection;
  private final int status;
  private final Optional<Digest> digest;

  private RemoteFile(HttpURLConnection connection, int status, Optional<Digest> digest) {
    this.connection = connection;
    this.status = status;
    this.digest = digest;
  }

  /**
   * Asks for a file.
   *
   * @param first number of the first wanted byte
   * @param tag entity tag of the file that the earlier bytes are of; needed if {@code first} is
   *     above 0
   * @throws DownloadException if the server refuses or redirects without end or to an unencrypted
   *     place
   */
  static RemoteFile request(URI address, long first, String tag, Patience patience)
      throws IOException {
    URI place = address;
    Optional<Digest> digest = Optional.empty();
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpURLConnection connection = open(place, patience);
      if (first > 0) {
        connection.setRequestProperty("Range", "bytes=%d-".formatted(first));
        connection.setRequestProperty("If-Range", tag);
      }
      int status = connection.getResponseCode();
      digest = digest.or(() -> Digest.announcedBy(connection::getHeaderField));
      String next = connection.getHeaderField("Location");
      if (status / 100 != 3 || next == null) {
        return new RemoteFile(connection, status, digest).requireUsable(address);
      }
      connection.disconnect();
      place = redirected(place, next);
    }
    throw DownloadException.lasting(
        "%s: the server redirects more than %d times.".formatted(address, MOST_REDIRECTS));
  }

  private static HttpURLConnection open(URI place, Patience patience) throws IOException {
    if (!(place.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw DownloadException.lasting(place + " is no address that begins with http or https.");
    }
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(patience.connect());
    connection.setReadTimeout(patience.read());
    connection.setRequestProperty("User-Agent", "electra4j");
    connection.setRequestProperty("Accept-Encoding", "identity");
    return connection;
  }

  private static URI redirected(URI from, String location) throws DownloadException {
    URI next;
    try {
      next = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw DownloadException.lasting(
          "%s: the server redirects to \"%s\", which is no address.".formatted(from, location));
    }
    boolean downgrade = "https".equals(from.getScheme()) && !"https".equals(next.getScheme());
    boolean web = "https".equals(next.getScheme()) || "http".equals(next.getScheme());
    if (downgrade || !web) {
      throw DownloadException.lasting(
          "%s: the server redirects to %s, which is not encrypted; that is not followed."
              .formatted(from, next));
    }
    return next;
  }

  private RemoteFile requireUsable(URI address) throws IOException {
    if (status == HttpURLConnection.HTTP_OK
        || status == HttpURLConnection.HTTP_PARTIAL
        || status == RANGE_NOT_SATISFIABLE) {
      return this;
    }
    connection.disconnect();
    String message = "%s: the server answered %d".formatted(address, status);
    if (status >= 500 || status == 429 || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT) {
      throw DownloadException.temporary(message + ", so it is out of order or busy.");
    }
    throw DownloadException.lasting(
        message
            + (status == HttpURLConnection.HTTP_NOT_FOUND
                ? ", so there is no such file (any more)."
                : ", so it does not give the file to us."));
  }

  /** Whether the answer begins at the wanted byte, not at the start of the file. */
  boolean isRest(long first) {
    if (status != HttpURLConnection.HTTP_PARTIAL) {
      return false;
    }
    Matcher range = contentRange();
    return range.matches() && range.group(1) != null && Long.parseLong(range.group(1)) == first;
  }

  /** Whether the answer is the whole file. */
  boolean isWhole() {
    return status == HttpURLConnection.HTTP_OK;
  }

  /** Bytes of the whole file, -1 if unknown. */
  long total() {
    if (isWhole()) {
      return connection.getContentLengthLong();
    }
    Matcher range = contentRange();
    return range.matches() ? Long.parseLong(range.group(2)) : -1;
  }

  private Matcher contentRange() {
    String range = connection.getHeaderField("Content-Range");
    return CONTENT_RANGE.matcher(range == null ? "" : range.toLowerCase(Locale.ROOT));
  }

  /** The strong entity tag, without which an interrupted download cannot go on. */
  Optional<String> tag() {
    return Optional.ofNullable(connection.getHeaderField("ETag"))
        .filter(tag -> tag.startsWith("\"") && tag.indexOf('\n') < 0);
  }

  /** The checksum that the server announced. */
  Optional<Digest> digest() {
    return digest;
  }

  /** The content. */
  InputStream content() throws IOException {
    return connection.getInputStream();
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
