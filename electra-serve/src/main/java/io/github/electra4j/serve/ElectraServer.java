package io.github.electra4j.serve;

import io.github.electra4j.serve.batch.Batcher;
import io.github.electra4j.serve.metric.ServiceMetrics;
import io.github.electra4j.serve.task.ServedModel;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A running service. Closing it finishes what it was asked for before. */
public final class ElectraServer implements AutoCloseable {
  private static final int THREADS = 16;
  private static final int CONNECTIONS = 512;
  private static final int HEADER_BYTES = 8192;
  private static final long IDLE_MILLIS = 30_000;
  private static final long POLL_MILLIS = 10;

  private final ServeConfig config;
  private final ServiceMetrics metrics = new ServiceMetrics();
  private final Batcher batcher;
  private final ServiceHandler handler;
  private final Server server;
  private final ServerConnector connector;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean finished = true;

  private ElectraServer(ServedModel model, ServeConfig config, RequestLog log, Access access) {
    this.config = config;
    this.batcher = new Batcher(config.batches(), metrics::computed);
    ServiceHandler.Telling telling = new ServiceHandler.Telling(metrics, log);
    this.handler = new ServiceHandler(model, config, access, batcher, telling);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("http");
    threads.setDaemon(true);
    this.server = new Server(threads);
    this.connector = connector();
  }

  private ServerConnector connector() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    ServerConnector made = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    made.setHost(config.host());
    made.setPort(config.port());
    made.setReuseAddress(true);
    made.setIdleTimeout(IDLE_MILLIS + config.requests().timeout().toMillis());
    made.setShutdownIdleTimeout(
        config.drain().toMillis() + 1000); // requests are there without bytes moving
    server.addConnector(made);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, made));
    server.setErrorHandler(new JsonErrors());
    server.setHandler(handler);
    return made;
  }

  /** As {@link #start(ServedModel, ServeConfig, RequestLog)}, without a log. */
  public static ElectraServer start(ServedModel model, ServeConfig config) throws IOException {
    return start(model, config, RequestLog.none());
  }

  /**
   * Starts a service.
   *
   * @param model stays the caller's, who closes it after the service
   * @throws IllegalArgumentException if it could be reached from elsewhere without a token
   * @throws IOException if the port is taken or the host is unknown
   */
  public static ElectraServer start(ServedModel model, ServeConfig config, RequestLog log)
      throws IOException {
    ElectraServer started = new ElectraServer(model, config, log, Access.of(config));
    try {
      started.server.start();
      return started;
    } catch (Exception e) {
      started.close();
      if (e instanceof IOException cause) {
        throw new IOException(
            "%s port %d cannot be listened at: %s. Choose another --port, or 0 for any."
                .formatted(config.host(), config.port(), cause.getMessage()),
            e);
      }
      throw new IllegalStateException("The service could not be started: " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Its address. */
  public URI uri() {
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return URI.create("http://%s:%d/".formatted(host, port()));
  }

  /** Waits until it is closed. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /**
   * Stops: takes no more requests, answers those that are there within the configured time, gives
   * up the rest. Does nothing when repeated.
   *
   * @return whether all requests that had been taken were computed
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the server's own stop waits for the connector
  public synchronized boolean stop() {
    if (stopped.getCount() == 0) {
      return finished;
    }
    long end = System.nanoTime() + config.drain().toNanos();
    handler.drain();
    connector.shutdown();
    finished = batcher.close(config.drain());
    awaitAnswers(Math.max(end, System.nanoTime() + Duration.ofSeconds(1).toNanos()));
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The service could not be stopped: " + e.getMessage(), e);
    } finally {
      batcher.close();
      stopped.countDown();
    }
    return finished;
  }

  private void awaitAnswers(long end) {
    try {
      while (metrics.inFlight() > 0 && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
