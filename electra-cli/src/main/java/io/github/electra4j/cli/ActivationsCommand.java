package io.github.electra4j.cli;

import io.github.electra4j.model.Activations;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.Generator;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.model.storage.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code electra activations}: what every layer computes for given ids. */
@Command(
    name = "activations",
    headerHeading = "Examples:%n",
    header = {
      "  electra activations models/small --input ids.safetensors --output out.safetensors",
      "  electra activations electra_small.zip --network generator --input i.safetensors --output o.safetensors",
      "  electra activations models/small --input ids.safetensors --output out.safetensors --overwrite%n"
    },
    description = {
      "Run a model on given ids and write what every layer computes, to check a conversion. The",
      "input holds input_ids [batch, seq] and, unless they are all ones and all zeros,",
      "attention_mask and token_type_ids. The output holds embeddings and layer_I [batch, seq,",
      "hidden], logits, and for the discriminator probabilities [batch, seq]."
    },
    showDefaultValues = true)
final class ActivationsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "Model to run.")
  private Path path;

  @Option(names = "--input", required = true, description = "Ids, a safetensors file.")
  private Path input;

  @Option(names = "--output", required = true, description = "Safetensors file to write.")
  private Path output;

  @Option(
      names = "--network",
      defaultValue = "discriminator",
      description = "Which network: ${COMPLETION-CANDIDATES}.")
  private NetworkName network;

  @Option(names = "--overwrite", description = "Replace the output file.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print names and shapes of what was written as JSON.")
  private boolean json;

  private enum NetworkName {
    DISCRIMINATOR,
    GENERATOR
  }

  ActivationsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    TokenBatch batch = batch();
    ModelSource source = ModelSource.read(path, console);
    Map<String, INDArray> results =
        network == NetworkName.GENERATOR ? generator(source, batch) : discriminator(source, batch);
    SafetensorsFile.write(
        output,
        results,
        Map.of("network", network.name().toLowerCase(java.util.Locale.ROOT)),
        overwrite);
    print(results);
    return ExitCode.OK;
  }

  private void print(Map<String, INDArray> results) {
    if (json) {
      Map<String, long[]> shapes = new LinkedHashMap<>();
      results.forEach((name, array) -> shapes.put(name, array.shape()));
      console.data(
          new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(shapes).toString());
    } else {
      results.forEach(
          (name, array) -> console.data(name + " " + java.util.Arrays.toString(array.shape())));
    }
  }

  private static Map<String, INDArray> discriminator(ModelSource source, TokenBatch batch) {
    try (Discriminator discriminator =
        Discriminator.of(source.checkpoint().config(), source.checkpoint().weights())) {
      Map<String, INDArray> results = new LinkedHashMap<>();
      Activations activations = discriminator.activations(batch);
      add(results, "", activations);
      if (source.checkpoint().config().discriminatorHead()) {
        results.put("logits", activations.logits());
        results.put("probabilities", Nd4j.createFromArray(discriminator.probabilities(batch)));
      }
      return results;
    }
  }

  private static Map<String, INDArray> generator(ModelSource source, TokenBatch batch) {
    try (Generator generator =
        Generator.of(source.checkpoint().config(), source.checkpoint().weights())) {
      Map<String, INDArray> results = new LinkedHashMap<>();
      List<Activations> encoders = generator.activations(batch);
      List<String> prefixes = encoders.size() == 1 ? List.of("") : List.of("ltr.", "rtl.");
      for (int i = 0; i < encoders.size(); i++) {
        add(results, prefixes.get(i), encoders.get(i));
      }
      results.put("logits", encoders.get(0).logits());
      return results;
    }
  }

  private static void add(Map<String, INDArray> results, String prefix, Activations activations) {
    results.put(prefix + "embeddings", activations.embeddings());
    for (int i = 0; i < activations.layers().size(); i++) {
      results.put(prefix + "layer_" + i, activations.layers().get(i));
    }
  }

  private TokenBatch batch() throws IOException {
    SafetensorsFile file = SafetensorsFile.open(input);
    int[][] ids = rows(file, "input_ids");
    int[][] ones = new int[ids.length][ids[0].length];
    for (int[] row : ones) {
      java.util.Arrays.fill(row, 1);
    }
    int[][] mask =
        file.entries().containsKey("attention_mask") ? rows(file, "attention_mask") : ones;
    int[][] types =
        file.entries().containsKey("token_type_ids")
            ? rows(file, "token_type_ids")
            : new int[ids.length][ids[0].length];
    try {
      return new TokenBatch(ids, mask, types);
    } catch (IllegalArgumentException e) {
      throw MalformedFileException.in(input, e.getMessage() + ".", e);
    }
  }

  private int[][] rows(SafetensorsFile file, String name) throws IOException {
    if (!file.entries().containsKey(name)) {
      throw MalformedFileException.in(
          input,
          "there is no tensor %s, only %s. Write the ids as %s [batch, seq]."
              .formatted(name, file.entries().keySet(), name));
    }
    INDArray array = file.read(name);
    if (array.rank() != 2 || array.isEmpty()) {
      throw MalformedFileException.in(
          input,
          "tensor %s has shape %s; it must be [batch, seq]."
              .formatted(name, java.util.Arrays.toString(array.shape())));
    }
    return array.toIntMatrix();
  }
}
