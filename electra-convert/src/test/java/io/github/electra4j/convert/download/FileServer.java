package io.github.electra4j.convert.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on this machine with one file, that can be as unpleasant as those on the internet. */
final class FileServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final byte[] content;

  /** Bytes after which the next answers end; one number per answer, then whole ones. */
  final List<Integer> cuts = new CopyOnWriteArrayList<>();

  /** Status of the next answers, before any content is sent. */
  final List<Integer> failures = new CopyOnWriteArrayList<>();

  /** Extra headers, name and value by turns. */
  final List<String> headers = new CopyOnWriteArrayList<>();

  volatile boolean honoursRanges = true;
  volatile boolean announcesLength = true;
  volatile boolean fallsSilent;
  volatile String tag = "\"one\"";

  private FileServer(HttpServer server, byte[] content) {
    this.server = server;
    this.content = content;
  }

  static FileServer with(byte[] content) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FileServer server = new FileServer(http, content);
    http.setExecutor(server.threads);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  URI address() {
    return URI.create("http://127.0.0.1:%d".formatted(server.getAddress().getPort()));
  }

  /** The {@code Range} of each request so far, {@code -} where there was none. */
  List<String> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(range == null ? "-" : range);
    if (exchange.getRequestURI().getPath().equals("/loop")) {
      redirect(exchange, "/loop");
    } else if (exchange.getRequestURI().getPath().startsWith("/moved")) {
      redirect(exchange, exchange.getRequestURI().getPath().substring("/moved".length()));
    } else if (!failures.isEmpty()) {
      exchange.sendResponseHeaders(failures.remove(0), -1);
      exchange.close();
    } else {
      send(exchange, range);
    }
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void send(HttpExchange exchange, String range) throws IOException {
    exchange.getResponseHeaders().set("ETag", tag);
    for (int i = 0; i < headers.size(); i += 2) {
      exchange.getResponseHeaders().set(headers.get(i), headers.get(i + 1));
    }
    Matcher matcher = RANGE.matcher(range == null ? "" : range);
    boolean rest =
        honoursRanges
            && matcher.matches()
            && tag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
    int first = rest ? Integer.parseInt(matcher.group(1)) : 0;
    if (rest && first >= content.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      exchange.close();
      return;
    }
    byte[] body = Arrays.copyOfRange(content, first, content.length);
    if (rest) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(first, content.length - 1, content.length));
    }
    exchange.sendResponseHeaders(rest ? 206 : 200, announcesLength ? body.length : 0);
    int cut = cuts.isEmpty() ? body.length : Math.min(body.length, cuts.remove(0));
    OutputStream out = exchange.getResponseBody();
    out.write(body, 0, cut);
    out.flush();
    if (fallsSilent) {
      fallsSilent = false;
      waitABit();
    }
    exchange.close();
  }

  private static void waitABit() {
    try {
      Thread.sleep(1500);
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
