package io.github.electra4j.cli;

import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.ConversionReport;
import io.github.electra4j.convert.ExportOptions;
import io.github.electra4j.convert.ImportOptions;
import io.github.electra4j.model.TaskHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra convert}: a checkpoint from one form into another. */
@Command(
    name = "convert",
    headerHeading = "Examples:%n",
    header = {
      "  electra convert electra_small.zip models/small",
      "  electra convert pretraining/model.ckpt-1000000 models/mine --vocab vocab.txt --optimizer",
      "  electra convert models/mine exported --to tensorflow%n"
    },
    description = {
      "Convert a checkpoint. The source is a TensorFlow checkpoint (its folder, its prefix, or a",
      "zip or tar.gz with it) or a folder of this project. The architecture follows from the tensors.",
      "The report of every tensor goes to standard output."
    },
    showDefaultValues = true)
final class ConvertCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "Checkpoint to read.")
  private Path source;

  @Parameters(index = "1", paramLabel = "OUTPUT", description = "Folder to write.")
  private Path output;

  @Option(
      names = "--to",
      defaultValue = "native",
      description = "Form of the output: ${COMPLETION-CANDIDATES}.")
  private Conversion.Target target;

  @Mixin private SourceArguments place;

  @Option(names = "--optimizer", description = "Take Adam's moments and global_step along.")
  private boolean optimizer;

  @Option(
      names = "--zero-slots",
      description =
          "For tensorflow: add moments of zeros, so that the original resumes pre-training.")
  private boolean zeroSlots;

  @Option(
      names = "--from-bert",
      description = "Take a BERT checkpoint as an encoder: rename bert/, leave pooler and heads.")
  private boolean fromBert;

  @Option(
      names = "--ignore",
      paramLabel = "PATTERN",
      description = "Leave tensors of this name out; * stands for anything. May be repeated.")
  private List<String> ignore = List.of();

  @Option(
      names = "--labels",
      paramLabel = "TASK=A,B",
      description = "Labels of a fine-tuned head, in the order of its outputs. May be repeated.")
  private Map<String, String> labels = Map.of();

  @Option(names = "--cased", description = "The vocabulary is for text in upper and lower case.")
  private boolean cased;

  @Option(
      names = "--strip-accents",
      paramLabel = "true|false",
      description = "Whether accents are removed; otherwise exactly if text is lower-cased.")
  private Boolean stripAccents;

  @Option(
      names = "--smaller-vocab",
      description = "The vocabulary may have fewer pieces than the model has rows.")
  private boolean smallerVocabulary;

  @Option(names = "--overwrite", description = "Replace a checkpoint that is there.")
  private boolean overwrite;

  @Option(names = "--json", description = "Report as JSON.")
  private boolean json;

  ConvertCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ConversionReport report =
        Conversion.from(source)
            .options(importOptions())
            .to(
                output,
                target,
                ExportOptions.standard().withOverwrite(overwrite).withZeroSlots(zeroSlots));
    console.out().print(json ? report.toJson() : report.toText());
    return ExitCode.OK;
  }

  private ImportOptions importOptions() {
    return new ImportOptions(
        place.place(),
        place.hints(),
        optimizer,
        fromBert,
        ignore,
        heads(),
        !cased,
        Optional.ofNullable(stripAccents),
        smallerVocabulary);
  }

  private List<TaskHead> heads() {
    List<TaskHead> heads = new ArrayList<>();
    labels.forEach(
        (task, names) ->
            heads.add(new TaskHead.Classification(task, Arrays.asList(names.split(",", -1)))));
    return heads;
  }
}
