package io.github.electra4j.cli;

import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.verify.Verification;
import io.github.electra4j.convert.verify.VerifyOptions;
import io.github.electra4j.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra verify}: whether two models compute the same. */
@Command(
    name = "verify",
    header = "Tell whether two models compute the same.",
    description = {
      "Both read the same random ids; the outputs of every layer and of every head are compared,",
      "padding left out, and so are labels, vocabulary, and how text is read. The exit code is 0 for",
      "PASS and 1 for FAIL. Models are given in any form that convert reads; what convert had to be",
      "told about a foreign one is told again, and goes for every side that is foreign."
    },
    showDefaultValues = true)
@Examples({
  "electra verify electra_small.zip models/small",
  "electra verify models/small exported --tolerance 0",
  "electra verify models/small exported/discriminator --json",
  "electra verify bert models/bert --from-bert"
})
@OptionGroup(OptionGroup.OUTPUT)
final class VerifyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "MODEL", description = "One model.")
  private Path first;

  @Parameters(index = "1", paramLabel = "OTHER", description = "The other model.")
  private Path second;

  @Mixin private ImportArguments reading;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "1e-4",
      description = "Largest absolute difference that passes.")
  private double tolerance;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "4",
      description = "Sequences to read.")
  @OptionGroup(OptionGroup.INPUT)
  private int batch;

  @Option(
      names = "--max-seq-length",
      paramLabel = "N",
      defaultValue = "64",
      description = "Tokens per sequence, shortened to what the models can read.")
  @OptionGroup(OptionGroup.INPUT)
  private int seq;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the ids.")
  @OptionGroup(OptionGroup.INPUT)
  private long seed;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    VerifyOptions options =
        WrongUsageException.unlessUsable(() -> new VerifyOptions(batch, seq, seed, tolerance));
    Conversion left = Conversion.from(RunFolder.modelIn(first));
    Conversion right = Conversion.from(RunFolder.modelIn(second));
    if (left.isNative() && right.isNative()) {
      // nothing is foreign, so that the options must be none; reading says so
      left = left.options(reading.options());
    }
    Verification result = Verification.of(read(left), read(right), options);
    console.dataBlock(json ? result.toJson() : result.toText());
    return result.passed() ? ExitCode.OK : ExitCode.FAILURE;
  }

  /** NaN in the weights is no error here, but a finding. */
  private Checkpoint read(Conversion side) throws IOException {
    Conversion told = side.isNative() ? side : side.options(reading.options());
    try {
      return told.read().checkpoint();
    } catch (IllegalArgumentException e) { // the source has no use for some of the options
      throw new WrongUsageException(e.getMessage() + ".");
    }
  }
}
