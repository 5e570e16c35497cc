package io.github.electra4j.cli;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.inference.LoadedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra init}: a model with random weights. */
@Command(
    name = "init",
    header = "Make a model with random weights, to train from scratch or to compare with.",
    showDefaultValues = true)
@Examples({
  "electra init models/tiny --vocab vocab.txt",
  "electra init models/small --preset small --vocab vocab.txt --seed 3",
  "electra init models/korean --preset base --vocab koelectra.txt --cased"
})
@OptionGroup(OptionGroup.INPUT)
final class InitCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "OUTPUT", description = "Folder to write.")
  private Path output;

  @Option(
      names = "--preset",
      paramLabel = "SIZE",
      defaultValue = "tiny",
      description =
          "${COMPLETION-CANDIDATES}. tiny has 4 layers of width 128; smallplusplus is the"
              + " released small model.")
  private Preset preset;

  @Option(
      names = "--vocab",
      paramLabel = "FILE",
      required = true,
      description = "Vocabulary, one piece per line.")
  private Path vocabulary;

  @Option(names = "--cased", description = "The vocabulary is for text in upper and lower case.")
  private boolean cased;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the weights.")
  private long seed;

  @Option(names = "--overwrite", description = "Replace a checkpoint that is there.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean overwrite;

  InitCommand(Console console) {
    this.console = console;
  }

  private enum Preset {
    TINY,
    SMALL,
    SMALLPLUSPLUS,
    BASE,
    LARGE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    ElectraConfig config(int vocabulary) {
      return switch (this) {
        case TINY -> ElectraConfig.tiny(vocabulary);
        case SMALL -> ElectraConfig.small().withVocabSize(vocabulary);
        case SMALLPLUSPLUS -> ElectraConfig.smallPlusPlus().withVocabSize(vocabulary);
        case BASE -> ElectraConfig.base().withVocabSize(vocabulary);
        case LARGE -> ElectraConfig.large().withVocabSize(vocabulary);
      };
    }
  }

  @Override
  public Integer call() throws IOException {
    TextSettings text = ModelSource.vocabulary(vocabulary, cased);
    LoadedModel.tokenizer(text, vocabulary.toString());
    ElectraConfig config = preset.config(text.pieces());
    WeightMap weights =
        WeightMap.initialise(TensorLayout.of(config), config.initializerRange(), seed);
    Checkpoint.of(config, weights).withText(text).write(output, overwrite);
    console.say(
        "%s: %,d parameters, %,d pieces, random weights of seed %d"
            .formatted(output, weights.parameterCount(), text.pieces(), seed));
    return ExitCode.OK;
  }
}
