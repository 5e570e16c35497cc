package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.storage.AtomicFile;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.inference.Pooling;
import io.github.electra4j.train.inference.TextEmbedder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private static final ObjectMapper MAPPER = new ObjectMapper();

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
  private Format format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = {"File to write.", "  Default: standard output"})
  private Path output;

  @Option(names = "--overwrite", description = "Replace the file.")
  private boolean overwrite;

  private enum Format {
    JSONL,
    CSV,
    NPY
  }

  EmbedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    texts.requireOneSource();
    Pooling chosen = pooling.pooling();
    if (format == Format.NPY && output == null) {
      throw new WrongUsageException("--format npy is binary; say with --output where to write it.");
    }
    if (output != null && !overwrite && Files.exists(output)) {
      throw new FileAlreadyExistsException(
          output.toString(), null, "the file exists already. Choose another, or pass --overwrite.");
    }
    ModelSource source = ModelSource.read(path, console);
    StringBuilder lines = new StringBuilder();
    List<float[]> vectors = new ArrayList<>();
    int width = source.checkpoint().config().encoder().hiddenSize();
    try (TextEmbedder embedder = Electra.embedder(LoadedModel.of(path, source.checkpoint()))) {
      texts.forEachPart(
          console,
          part -> {
            List<float[]> computed = embedder.embed(part, chosen);
            for (int i = 0; i < computed.size(); i++) {
              float[] vector = computed.get(i);
              keep(
                  part.get(i),
                  normalize ? TextEmbedder.normalised(vector) : vector,
                  vectors,
                  lines);
            }
          });
    }
    if (output != null) {
      byte[] bytes =
          format == Format.NPY
              ? npy(vectors, width)
              : lines.toString().getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(output, bytes, overwrite);
    }
    return ExitCode.OK;
  }

  private void keep(String text, float[] vector, List<float[]> vectors, StringBuilder lines) {
    if (format == Format.NPY) {
      vectors.add(vector);
      return;
    }
    String line = format == Format.CSV ? csv(vector) : jsonLine(text, vector);
    if (output == null) {
      console.data(line);
    } else {
      lines.append(line).append('\n');
    }
  }

  private static String csv(float[] vector) {
    StringBuilder line = new StringBuilder();
    for (float value : vector) {
      line.append(line.isEmpty() ? "" : ",").append(value);
    }
    return line.toString();
  }

  private static String jsonLine(String text, float[] vector) {
    ObjectNode node = MAPPER.createObjectNode().put("text", text);
    node.set("vector", MAPPER.valueToTree(vector));
    return node.toString();
  }

  /** NumPy's format 1.0: magic, length of the header, header up to a multiple of 64, data. */
  private static byte[] npy(List<float[]> vectors, int width) {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(vectors.size(), width);
    int length = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
    ByteBuffer file =
        ByteBuffer.allocate(10 + length + Float.BYTES * width * vectors.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
    file.putShort((short) length);
    file.put(
        (header + " ".repeat(length - header.length() - 1) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    vectors.forEach(
        vector -> {
          for (float value : vector) {
            file.putFloat(value);
          }
        });
    return file.array();
  }
}
