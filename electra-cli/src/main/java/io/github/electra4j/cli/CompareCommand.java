package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.eval.statistics.Answers;
import io.github.electra4j.eval.statistics.Comparison;
import io.github.electra4j.eval.statistics.Resampling;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra compare}: whether one of two models is really better. */
@Command(
    name = "compare",
    header = "Tell whether the difference between two models could be chance.",
    description = {
      "Reads what electra evaluate --samples wrote for each: the share of right answers, their",
      "difference with a paired bootstrap interval, and McNemar's test."
    },
    showDefaultValues = true)
@Examples({
  "electra compare runs/a/samples.jsonl runs/b/samples.jsonl",
  "electra compare a.jsonl b.jsonl",
  "electra compare a.jsonl b.jsonl --json"
})
@OptionGroup(OptionGroup.OUTPUT)
final class CompareCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "A", description = "Answers of the first model.")
  private Path first;

  @Parameters(index = "1", paramLabel = "B", description = "Answers of the second model.")
  private Path second;

  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Comparison comparison;
    try {
      comparison =
          Comparison.of(
              Answers.read(InputFiles.existing(first)),
              Answers.read(InputFiles.existing(second)),
              Resampling.usual());
    } catch (IllegalArgumentException e) { // the files are about different examples
      throw MalformedFileException.in(second, e.getMessage(), e);
    }
    console.dataBlock(json ? toJson(comparison) : comparison.toText());
    return ExitCode.OK;
  }

  private static String toJson(Comparison comparison) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("examples", comparison.examples());
    root.put("first", 100 * comparison.first()).put("second", 100 * comparison.second());
    root.putObject("bootstrap")
        .put("difference", 100 * comparison.bootstrap().difference())
        .put("ci95_low", 100 * comparison.bootstrap().interval().low())
        .put("ci95_high", 100 * comparison.bootstrap().interval().high())
        .put("p", comparison.bootstrap().pValue());
    root.putObject("mcnemar")
        .put("only_first", comparison.mcNemar().onlyFirst())
        .put("only_second", comparison.mcNemar().onlySecond())
        .put("p", comparison.mcNemar().pValue());
    return root.toPrettyString() + "\n";
  }
}
