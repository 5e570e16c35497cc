package io.github.electra4j.cli;

import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.ConversionReport;
import io.github.electra4j.convert.ExportOptions;
import io.github.electra4j.convert.ImportOptions;
import io.github.electra4j.convert.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra convert}: a checkpoint from one form into another. */
@Command(
    name = "convert",
    header = "Convert a checkpoint from one form into another.",
    description = {
      "The source is a TensorFlow checkpoint (its folder, its prefix, or a zip or tar.gz with it),"
          + " a",
      "folder of HuggingFace's (or a folder with its discriminator and generator), a SameDiff file,"
          + " a",
      "folder of this project, or a finished run. The architecture follows from the tensors. The",
      "report goes to standard output."
    },
    showDefaultValues = true)
@Examples({
  "electra convert electra_small.zip models/small",
  "electra convert pretraining/model.ckpt-1000000 models/mine --vocab vocab.txt --optimizer",
  "electra convert models/mine exported --to huggingface --weights safetensors,pytorch",
  "electra convert mnli-from-python models/mnli --head mnli",
  "electra convert runs/sst exported --to onnx --dtype int8"
})
@OptionGroup(OptionGroup.INPUT)
final class ConvertCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "Checkpoint to read.")
  private Path source;

  @Parameters(index = "1", paramLabel = "OUTPUT", description = "Folder to write.")
  private Path output;

  @Mixin private ImportArguments reading;

  @Option(names = "--optimizer", description = "Take Adam's moments and global_step along.")
  private boolean optimizer;

  @Option(
      names = "--to",
      paramLabel = "FORM",
      defaultValue = "native",
      description = "Form of the output: native, tensorflow, huggingface, onnx or samediff.")
  @OptionGroup(OptionGroup.OUTPUT)
  private Conversion.Target target;

  @Option(
      names = "--zero-slots",
      description =
          "For tensorflow: add moments of zeros, so that the original resumes pre-training.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean zeroSlots;

  @Option(
      names = "--weights",
      paramLabel = "FILES",
      split = ",",
      defaultValue = "safetensors",
      description = "For huggingface: weight files to write, of safetensors, pytorch and keras.")
  @OptionGroup(OptionGroup.OUTPUT)
  private List<ExportOptions.WeightFile> weights = List.of();

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description = {
        "Type of the weights. For huggingface and onnx also float16 or bfloat16, rounded to the",
        "nearest; for onnx also int8, a byte per weight of a matrix."
      })
  @OptionGroup(OptionGroup.OUTPUT)
  private Precision precision = Precision.FLOAT32;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      showDefaultValue = Visibility.NEVER,
      description = {
        "For onnx: what the model shall compute, the name of a fine-tuned head, or",
        "replaced-token-detection, fill-mask or feature-extraction. For huggingface: one head, or",
        "feature-extraction for the encoder without any.",
        "  Default: for onnx the only head, or else the first of these that there are weights for;"
            + " for huggingface everything"
      })
  @OptionGroup(OptionGroup.OUTPUT)
  private String task;

  @Option(names = "--overwrite", description = "Replace a checkpoint that is there.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean overwrite;

  @Option(
      names = "--report",
      description = "Report every tensor, not only those there is something to say about.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean full;

  @Option(names = "--json", description = "Report as JSON.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean json;

  ConvertCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (optimizer && reading.fromBert()) {
      throw new WrongUsageException(
          "BERT's optimizer state cannot be taken over, because its heads are not; leave out"
              + " --optimizer or --from-bert.");
    }
    Conversion conversion = Conversion.from(RunFolder.modelIn(source)).options(importOptions());
    ExportOptions export =
        ExportOptions.standard()
            .withOverwrite(overwrite)
            .withZeroSlots(zeroSlots)
            .withWeightFiles(Set.copyOf(weights))
            .withPrecision(precision)
            .withModelName(modelName());
    if (task != null) {
      export = export.withTask(task);
    }
    ConversionReport report;
    try {
      report = conversion.to(output, target, export);
    } catch (IllegalArgumentException e) { // the source has no use for some of the options
      throw new WrongUsageException(e.getMessage() + ".");
    }
    console.dataBlock(json ? report.toJson() : full ? report.toFullText() : report.toText());
    return ExitCode.OK;
  }

  /** The last name of the source, without the ending of an archive. */
  private String modelName() {
    String name = source.toAbsolutePath().normalize().getFileName().toString();
    return name.replaceFirst("\\.(zip|tar|tgz|tar\\.(gz|xz|zst))$", "");
  }

  private ImportOptions importOptions() {
    return reading.options().withOptimizer(optimizer);
  }
}
