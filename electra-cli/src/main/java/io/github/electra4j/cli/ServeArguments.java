package io.github.electra4j.cli;

import io.github.electra4j.serve.ServeConfig;
import io.github.electra4j.serve.batch.BatchLimits;
import io.github.electra4j.serve.task.RequestLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a service listens and what it lets through. */
@OptionGroup(ServeArguments.SERVICE)
final class ServeArguments {
  static final String SERVICE = "Service";

  /** The environment's way of giving a token. */
  private static final String VARIABLE = "ELECTRA_TOKEN";

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Name or address to listen at; one that others reach needs a token.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port; 0 takes any that is free.")
  private int port;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "File with the token that callers must show as Authorization: Bearer TOKEN.",
        "  Default: $" + VARIABLE + ", otherwise none"
      })
  private Path tokenFile;

  @Option(
      names = "--timeout-ms",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How long a request may take.")
  private long timeout;

  @Option(
      names = "--drain-seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How long the requests that are there may take when the service stops.")
  private long drain;

  @Option(
      names = "--max-body-bytes",
      paramLabel = "N",
      defaultValue = "1048576",
      description = "Largest body of a request.")
  private int bodyBytes;

  @Option(
      names = "--max-texts",
      paramLabel = "N",
      defaultValue = "64",
      description = "Most texts of a request.")
  private int texts;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "16384",
      description = "Most tokens of a request.")
  private int tokens;

  @Option(
      names = "--batch-tokens",
      paramLabel = "N",
      defaultValue = "2048",
      description = "Most tokens computed together, padding included.")
  private int batchTokens;

  @Option(
      names = "--batch-texts",
      paramLabel = "N",
      defaultValue = "32",
      description = "Most texts computed together.")
  private int batchTexts;

  @Option(
      names = "--batch-wait-ms",
      paramLabel = "N",
      defaultValue = "0",
      description = "How long a text may wait for others while nothing is computed.")
  private long batchWait;

  @Option(
      names = "--queue-texts",
      paramLabel = "N",
      defaultValue = "512",
      description = "Most texts that wait; beyond, requests are refused at once.")
  private int queueTexts;

  @Option(
      names = "--queue-tokens",
      paramLabel = "N",
      defaultValue = "65536",
      description = "Most tokens that wait.")
  private int queueTokens;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Batches computed at the same time; one uses all processors.")
  private int workers;

  /** All of it, checked. */
  ServeConfig config() throws IOException {
    Optional<String> token = token();
    return WrongUsageException.unlessUsable(
        names(),
        () ->
            new ServeConfig(
                host,
                port,
                token,
                new RequestLimits(bodyBytes, texts, tokens, Duration.ofMillis(timeout)),
                new BatchLimits(
                    batchTokens,
                    batchTexts,
                    Duration.ofMillis(batchWait),
                    queueTexts,
                    queueTokens,
                    workers),
                Duration.ofSeconds(drain)));
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("ServeConfig.port", "--port");
    names.put("ServeConfig.token", "The token");
    names.put("ServeConfig.drain", "--drain-seconds");
    names.put("RequestLimits.bodyBytes", "--max-body-bytes");
    names.put("RequestLimits.texts", "--max-texts");
    names.put("RequestLimits.tokens", "--max-tokens");
    names.put("RequestLimits.timeout", "--timeout-ms");
    names.put("BatchLimits.batchTokens", "--batch-tokens");
    names.put("BatchLimits.batchItems", "--batch-texts");
    names.put("BatchLimits.longestWait", "--batch-wait-ms");
    names.put("BatchLimits.queueItems", "--queue-texts");
    names.put("BatchLimits.queueTokens", "--queue-tokens");
    names.put("less than batchTokens", "less than --batch-tokens");
    names.put("BatchLimits.workers", "--workers");
    names.put(
        "let more wait or allow less per request",
        "raise --queue-texts and --queue-tokens, or lower --max-texts and --max-tokens");
    return names;
  }

  private Optional<String> token() throws IOException {
    if (tokenFile != null) {
      return Optional.of(Files.readString(InputFiles.existing(tokenFile)).strip());
    }
    return Optional.ofNullable(System.getenv(VARIABLE)).filter(token -> !token.isEmpty());
  }
}
