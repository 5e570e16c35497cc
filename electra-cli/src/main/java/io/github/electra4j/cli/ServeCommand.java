package io.github.electra4j.cli;

import io.github.electra4j.serve.ElectraServer;
import io.github.electra4j.serve.RequestLog;
import io.github.electra4j.serve.ServeConfig;
import io.github.electra4j.serve.task.Ability;
import io.github.electra4j.serve.task.ServedModel;
import io.github.electra4j.train.inference.LoadedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra serve}: a model as an HTTP service. */
@Command(
    name = "serve",
    header = "Serve a model over HTTP.",
    description = {
      "Prints the address once the service is ready; open it in a browser to try the model, see",
      "/openapi.json for all requests, or",
      "  curl --json '{\"text\": \"a gripping film\"}' http://127.0.0.1:8080/v1/classify",
      "Texts of many callers are computed together. It listens at the loopback interface; any other",
      "host needs a token. Ctrl-C or SIGTERM finishes what it was asked for, then ends."
    },
    showDefaultValues = true)
@Examples({
  "electra serve runs/sst",
  "electra serve models/small --port 0 --access-log",
  "electra serve runs/qnli --label entailment",
  "electra serve runs/sst --host 0.0.0.0 --token-file token.txt"
})
@OptionGroup(OptionGroup.INPUT)
final class ServeCommand implements Callable<Integer> {
  /** ISO 8601 in UTC with milliseconds. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final Console console;
  private final Interruption interruption;

  @Parameters(
      paramLabel = "MODEL",
      description = "A run, a model folder, or a foreign checkpoint, which is imported in memory.")
  private Path path;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      description = {"Which task head, if the model has several.", "  Default: all"})
  private String task;

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = {
        "Label of a classification that stands for a fitting pair, for rank.",
        "  Default: entailment, if the model has it"
      })
  private String label;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = {"What callers see of the model.", "  Default: the last name of its path"})
  private String name;

  @Mixin private ServeArguments service;

  @Option(names = "--access-log", description = "Print a line per request.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean accessLog;

  ServeCommand(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServeConfig config = service.config();
    ModelSource source = ModelSource.read(path, console);
    LoadedModel whole = LoadedModel.of(source.path(), source.checkpoint());
    LoadedModel model = task == null ? whole : whole.withHead(task);
    try (ServedModel served = served(model, source);
        ElectraServer server = start(served, config)) {
      interruption.watch("answering the requests that are there");
      List<String> can = served.abilities().stream().map(Ability::word).toList();
      console.data(server.uri().toString());
      console.out().flush();
      served.undecided().forEach(this::sayUndecided);
      console.say("%s can %s. Ctrl-C ends.".formatted(served.name(), String.join(", ", can)));
      interruption.awaitRequest();
      if (!server.stop()) {
        console.say("Some requests took too long and were given up.");
      }
    }
    return ExitCode.INTERRUPTED;
  }

  private ServedModel served(LoadedModel model, ModelSource source) throws IOException {
    Optional<String> fit = Optional.ofNullable(label);
    if (fit.isPresent()) {
      Tasks.requireLabel(model.checkpoint().heads(), label);
    }
    return ServedModel.of(name == null ? source.name() : name, model, fit);
  }

  private void sayUndecided(Ability ability, List<String> tasks) {
    console.say(
        "It cannot %s: it has heads for %s, and one is needed. Choose it with --task."
            .formatted(ability.word(), String.join(", ", tasks)));
  }

  private ElectraServer start(ServedModel served, ServeConfig config) throws IOException {
    try {
      return ElectraServer.start(served, config, accessLog ? this::print : RequestLog.none());
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(
          e.getMessage() + ": --token-file FILE, or the environment's ELECTRA_TOKEN.");
    }
  }

  private void print(String client, String method, String address, int status, long nanos) {
    console.say(
        String.format(
            Locale.ROOT,
            "%s %s %s %s %d %.1f ms",
            TIME.format(Instant.now()),
            client,
            method,
            address,
            status,
            nanos / 1e6));
  }
}
