package io.github.electra4j.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.cli.BadFiles.Fault;
import io.github.electra4j.cli.BadFiles.Format;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every format with every fault, as a user meets them: accepted with a stated outcome, or refused
 * with exit code 3 and an error that names file, place, reason and remedy.
 */
class EveryFormatTest {
  @TempDir private static Path models;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void writeModel() throws IOException {
    Checkpoint demo = DemoFiles.checkpoint(DemoFiles.model(models));
    List<TaskHead> heads =
        List.of(
            new TaskHead.Classification("own", List.of("bad", "good")),
            new TaskHead.Classification("sst", List.of("0", "1")),
            new TaskHead.Classification("rte", List.of("entailment", "not_entailment")),
            new TaskHead.Regression("sts", 0, 5),
            new TaskHead.SpanAnswer("squad", true, SpanSettings.defaults()),
            new TaskHead.SpanAnswer("squadv1", false, SpanSettings.defaults()),
            new TaskHead.SpanAnswer("newsqa", false, SpanSettings.defaults()),
            new TaskHead.Tagging("chunk", List.of("B-NP", "E-NP", "O", "S-NP")),
            new TaskHead.Tagging("pos", List.of("DT", "NN", "O")),
            new TaskHead.IntentAndSlots("intent", List.of("ask", "tell"), List.of("B-x", "O")),
            new TaskHead.PairRanking("swag"),
            new TaskHead.PairRanking("copa"),
            new TaskHead.PairRanking("response"));
    ElectraConfig config =
        new ElectraConfig(
            demo.config().vocabSize(),
            16,
            128,
            2,
            0.02,
            new EncoderConfig(16, 1, 1, 32, 0, 0),
            Optional.empty(),
            false);
    WeightMap weights = WeightMap.initialise(Checkpoint.layout(config, heads), 0.05, 1);
    model = models.resolve("heads");
    new Checkpoint(config, heads, weights, demo.text(), Optional.empty()).write(model, false);
  }

  private static Stream<Arguments> faults() {
    return BadFiles.formats()
        .flatMap(
            format ->
                Stream.of(Fault.values())
                    .filter(fault -> !format.outcome(fault).equals(BadFiles.IMPOSSIBLE))
                    .map(fault -> Arguments.of(format, fault)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void itIsAcceptedOrRefusedAsStated(Format format, Fault fault) throws IOException {
    Path file = folder.resolve(format.file());
    Files.createDirectories(file.getParent());
    if (fault != Fault.MISSING) {
      Charset charset =
          fault == Fault.NOT_UTF8 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
      Files.write(file, packed(file, format.content(fault).getBytes(charset)));
    }
    Run run = fault == Fault.ANSWER ? learn(format, file) : judge(format, file);
    String outcome = format.outcome(fault);
    if (outcome.startsWith(BadFiles.ACCEPTED)) {
      run.exits(ExitCode.OK);
      String part = outcome.substring(BadFiles.ACCEPTED.length());
      String said = run.out() + run.err();
      assertTrue(said.contains(part), () -> "no " + part + " in " + said);
    } else {
      run.refuses(ExitCode.BAD_INPUT, file.getFileName().toString(), outcome);
      assertTrue(run.err().strip().matches("(?s).*[.;] [A-Z].*\\."), () -> "remedy: " + run.err());
    }
  }

  private static byte[] packed(Path file, byte[] content) throws IOException {
    if (!file.toString().endsWith(".gz")) {
      return content;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private Run judge(Format format, Path file) {
    boolean glue = format.file().startsWith("glue/");
    return Run.of(
        "evaluate",
        model,
        "--tasks",
        format.task(),
        glue ? "--data" : "--test",
        glue ? folder.resolve("glue") : file,
        "--json");
  }

  private Run learn(Format format, Path file) {
    return Run.of(
        "finetune",
        model,
        "--task",
        format.task(),
        "--train",
        file,
        "--dev",
        file,
        "--output",
        folder.resolve("run"));
  }
}
