package io.github.electra4j.cli;

import io.github.electra4j.convert.Inspection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra inspect}: what is in a checkpoint. */
@Command(
    name = "inspect",
    header = "Show what is in a checkpoint.",
    description = {
      "That is: its architecture and how that follows from the tensors, every tensor with its shape",
      "and type, optimizer state, and what is missing; with exit code 3 if anything is."
    },
    showDefaultValues = true)
@Examples({
  "electra inspect electra_small.zip",
  "electra inspect models/small --json",
  "electra inspect pretraining --bundle model.ckpt-500000"
})
@OptionGroup(OptionGroup.OUTPUT)
final class InspectCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "TensorFlow checkpoint (folder, prefix, archive), folder or weight file of HuggingFace's,"
              + " safetensors or SameDiff file, folder of this project, or finished run.")
  private Path source;

  @Mixin private SourceArguments place;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Inspection inspection = Inspection.of(RunFolder.modelIn(source), place.place(), place.hints());
    console.dataBlock(json ? inspection.toJson() : inspection.toText());
    return inspection.problems().isEmpty() ? ExitCode.OK : ExitCode.BAD_INPUT;
  }
}
