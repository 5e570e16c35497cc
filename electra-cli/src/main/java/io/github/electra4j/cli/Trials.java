package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.train.FineTuner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Several runs that differ by their seed alone. A finished one is not repeated. */
final class Trials {
  private final FinetuneRun first;
  private final int count;
  private final TrialsFolder folder;
  private final Console console;
  private final List<TrialsReport.Trial> done = new ArrayList<>();

  private Trials(FinetuneRun first, int count, TrialsFolder folder, Console console) {
    this.first = first;
    this.count = count;
    this.folder = folder;
    this.console = console;
  }

  /**
   * Runs the trials that are not finished.
   *
   * @param first the run, of the first seed
   * @return what they say together; empty if they were interrupted
   */
  static Optional<TrialsReport> run(
      FinetuneRun first, int count, TrialsFolder folder, Console console, BooleanSupplier stop)
      throws IOException {
    return new Trials(first, count, folder, console).run(stop);
  }

  private Optional<TrialsReport> run(BooleanSupplier stop) throws IOException {
    Map<String, String> settings = new TreeMap<>(first.identity());
    settings.remove("seed");
    settings.put("first-seed", Long.toString(first.seed()));
    folder.requireSame(settings);
    JsonNode before =
        java.nio.file.Files.exists(folder.summary())
            ? folder.read().path("trials")
            : new ObjectMapper().createArrayNode();
    for (int number = 1; number <= count; number++) {
      FinetuneRun run = first.trial(first.seed() + number - 1, folder.trial(number));
      if (folder.trial(number).isComplete()) {
        done.add(finished(run, number, before.path(number - 1)));
      } else {
        console.say("Trial %d of %d, seed %d".formatted(number, count, run.seed()));
        FineTuner.Result result = run.train(stop);
        if (!result.isComplete()) {
          return Optional.empty();
        }
        FinetuneRun.Outcome outcome = run.save(result);
        done.add(TrialsReport.trial(number, run.seed(), outcome));
      }
      TrialsReport report = new TrialsReport(count, settings, done);
      AtomicFile.write(folder.summary(), report.toJson().getBytes(StandardCharsets.UTF_8), true);
    }
    return Optional.of(new TrialsReport(count, settings, done));
  }

  private TrialsReport.Trial finished(FinetuneRun run, int number, JsonNode before)
      throws IOException {
    console.say("Trial %d of %d was finished before.".formatted(number, count));
    Optional<String> degenerate =
        before.path("degenerate").isTextual()
            ? Optional.of(before.path("degenerate").textValue())
            : FlatLoss.in(folder.trial(number).log());
    return TrialsReport.trial(
        number, run.seed(), TrialsFolder.json(folder.trial(number).results()), degenerate);
  }
}
