package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.Activations;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.Generator;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.model.storage.SafetensorsFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    header = "Write what every layer computes for given ids, to check a conversion.",
    description = {
      "The input holds input_ids [batch, seq] and, unless they are all ones and all zeros,",
      "attention_mask and token_type_ids. The output holds embeddings and layer_I [batch, seq,",
      "hidden], logits, and for the discriminator probabilities [batch, seq]."
    },
    showDefaultValues = true)
@Examples({
  "electra activations models/small --input ids.safetensors --output out.safetensors",
  "electra activations small.zip --network generator --input ids.safetensors --output out.safetensors",
  "electra activations models/small --input ids.safetensors --output out.safetensors --overwrite"
})
@OptionGroup(OptionGroup.INPUT)
final class ActivationsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "Model to run.")
  private Path path;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description = "Ids, a safetensors file.")
  private Path input;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "Safetensors file to write.")
  @OptionGroup(OptionGroup.OUTPUT)
  private Path output;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "discriminator",
      description = "Which network: ${COMPLETION-CANDIDATES}.")
  private NetworkName network;

  @Option(names = "--overwrite", description = "Replace the output file.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean overwrite;

  @Option(names = "--json", description = "Print names and shapes of what was written as JSON.")
  @OptionGroup(OptionGroup.OUTPUT)
  private boolean json;

  private enum NetworkName {
    DISCRIMINATOR,
    GENERATOR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ActivationsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (!overwrite && Files.exists(output)) {
      throw new FileAlreadyExistsException(output.toString());
    }
    TokenBatch batch = TokenFile.read(input);
    ModelSource source = ModelSource.read(path, console);
    SafetensorsFile.write(
        output, results(source, batch), Map.of("network", network.toString()), overwrite);
    print(SafetensorsFile.open(output));
    return ExitCode.OK;
  }

  private Map<String, INDArray> results(ModelSource source, TokenBatch batch) throws IOException {
    if (network == NetworkName.GENERATOR && source.checkpoint().config().generator().isEmpty()) {
      throw MalformedFileException.in(
          path, "this model has no generator. Use the checkpoint of the pre-training.");
    }
    try {
      return network == NetworkName.GENERATOR
          ? generator(source, batch)
          : discriminator(source, batch);
    } catch (IllegalArgumentException e) { // the ids do not fit the model
      throw MalformedFileException.in(input, e.getMessage() + ".", e);
    }
  }

  private void print(SafetensorsFile written) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    written.entries().forEach((name, entry) -> shapes.put(name, entry.shape()));
    if (json) {
      console.data(new ObjectMapper().valueToTree(shapes).toString());
    } else {
      shapes.forEach((name, shape) -> console.data(name + " " + Arrays.toString(shape)));
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
}
