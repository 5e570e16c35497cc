package io.github.electra4j.cli;

import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.Pooling;
import io.github.electra4j.train.inference.TextEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra embed}: texts as vectors. */
@Command(
    name = "embed",
    header = "Turn texts into vectors.",
    description = {
      "A vector per text, from the encoder's last layer, as wide as the model's hidden size."
          + " Beware:",
      "ELECTRA was trained to find replaced tokens and not to compare texts, so that the vectors of"
          + " a",
      "model that was only pre-trained are a weak measure of similarity, far behind those of"
          + " models",
      "trained for it. They serve as features; for search, fine-tune on pairs and use electra rank."
    },
    showDefaultValues = true)
@Examples({
  "electra embed models/small --text \"a gripping film\" --text \"a dull film\"",
  "electra embed models/small --input lines.txt --format npy --output lines.npy",
  "electra embed runs/sst --pooling cls --normalize --format csv < lines.txt"
})
@OptionGroup(OptionGroup.OUTPUT)
final class EmbedCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "MODEL",
      description = "Any model: a folder or run, TensorFlow or HuggingFace.")
  private Path path;

  @Mixin private PlainTextArguments texts;

  @Mixin private PoolingArguments pooling;

  @Option(names = "--normalize", description = "Divide every vector by its length.")
  private boolean normalize;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "jsonl",
      description = "jsonl: an object per line; csv: numbers alone; npy: a NumPy file of float32.")
  private VectorWriter.Format format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = {"File to write.", "  Default: standard output"})
  private Path output;

  @Option(names = "--overwrite", description = "Replace the file.")
  private boolean overwrite;

  EmbedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    texts.requireOneSource();
    Pooling chosen = pooling.pooling();
    if (format == VectorWriter.Format.NPY && output == null) {
      throw new WrongUsageException("--format npy is binary; say with --output where to write it.");
    }
    ModelSource source = ModelSource.read(path, console);
    int width = source.checkpoint().config().encoder().hiddenSize();
    try (VectorWriter writer =
            VectorWriter.open(console, Optional.ofNullable(output), format, width, overwrite);
        TextEmbedder embedder = Electra.embedder(source.loaded())) {
      texts.forEachPart(
          console,
          part -> {
            List<float[]> vectors = embedder.embed(part, chosen);
            for (int i = 0; i < vectors.size(); i++) {
              float[] vector = vectors.get(i);
              writer.add(part.get(i), normalize ? TextEmbedder.normalised(vector) : vector);
            }
          });
      writer.commit();
    }
    return ExitCode.OK;
  }
}
