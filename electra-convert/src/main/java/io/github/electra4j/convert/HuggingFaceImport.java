package io.github.electra4j.convert;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.StreamedCheckpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.model.storage.TensorSupply;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model of HuggingFace's, taken over: a discriminator, a generator, an encoder alone, or a
 * discriminator and a generator that belong together.
 */
final class HuggingFaceImport implements Closeable {
  /** More unknown keys than this are counted, but not named. */
  private static final int MOST_KEYS = 20;

  /** A weight of the result and where its numbers are. */
  private record Origin(NetworkTensors network, String name) {
    INDArray read() throws IOException {
      return network.read(name);
    }
  }

  private final Path location;
  private final ImportOptions options;
  private final List<NetworkTensors> networks = new ArrayList<>();
  private final Map<String, Origin> origins = new LinkedHashMap<>();
  private final List<ConversionReport.Tensor> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private ElectraConfig described;

  private HuggingFaceImport(Path location, ImportOptions options) {
    this.location = location;
    this.options = options;
  }

  /**
   * Reads a model.
   *
   * @throws MalformedFileException if a file is damaged, asks for anything but tensors, or the
   *     tensors are not those of an ELECTRA model; all that have no place are listed
   * @throws IllegalArgumentException if the model is to be taken as BERT's
   */
  static ImportedModel read(Path location, ImportOptions options) throws IOException {
    try (HuggingFaceImport reading = open(location, options)) {
      return reading.read();
    }
  }

  /** Opens a model and sorts its tensors; their numbers stay in the files. */
  static OpenConversion openSorted(Path location, ImportOptions options) throws IOException {
    HuggingFaceImport reading = open(location, options);
    try {
      return reading.sorted();
    } catch (IOException | RuntimeException e) {
      try (reading) {
        throw e;
      }
    }
  }

  /** Opens the files and finds out what every tensor is, without reading all numbers. */
  static HuggingFaceImport open(Path location, ImportOptions options) throws IOException {
    if (options.fromBert()) {
      throw new IllegalArgumentException(
          "%s is a folder of HuggingFace's; only TensorFlow checkpoints of BERT can be taken as ELECTRA's encoder"
              .formatted(location));
    }
    HuggingFaceImport reading = new HuggingFaceImport(location, options);
    try {
      for (NetworkFiles files : HuggingFacePlace.find(location, options.place())) {
        reading.networks.add(NetworkTensors.open(files, options));
      }
      reading.combine();
      return reading;
    } catch (IOException | RuntimeException e) {
      try (reading) {
        throw e;
      }
    }
  }

  private void combine() throws IOException {
    for (NetworkTensors network : networks) {
      network.requireTied();
      notes.add("Weights of %s.".formatted(network.name()));
      noteUnknownKeys(network);
    }
    NetworkTensors first = networks.get(0);
    Map<String, String> names = new LinkedHashMap<>();
    first.names().forEach(name -> names.put(name, name));
    add(first, names, Set.of());
    described = first.config().config();
    if (networks.size() == 2) {
      addGenerator(NetworkPair.of(first, networks.get(1)));
    }
  }

  private void noteUnknownKeys(NetworkTensors network) {
    List<String> keys = network.config().unknownKeys();
    if (!keys.isEmpty()) {
      notes.add(
          "%s has %d key(s) that are not known here and were left aside: %s. If one of them changes what the model computes, the result is another."
              .formatted(
                  network.files().config(),
                  keys.size(),
                  String.join(", ", keys.subList(0, Math.min(keys.size(), MOST_KEYS)))));
    }
  }

  private void addGenerator(NetworkPair pair) {
    Map<String, String> names = pair.generatorNames();
    Set<String> shared = new LinkedHashSet<>();
    names.forEach(
        (name, now) -> {
          if (origins.containsKey(now)) {
            shared.add(name);
          }
        });
    add(networks.get(1), names, shared);
    described = pair.config();
    notes.add(
        switch (pair.sharing()) {
          case TABLES -> "Generator and discriminator have the same embeddings, kept once.";
          case NOTHING ->
              "Generator and discriminator have different embeddings, so the generator's were kept as its own.";
          case EVERYTHING ->
              "Generator and discriminator have the same encoder, so it was taken as one network with both roles.";
        });
  }

  private void add(NetworkTensors network, Map<String, String> names, Set<String> shared) {
    names.forEach((name, now) -> origins.putIfAbsent(now, new Origin(network, name)));
    rows.addAll(network.rows(names, shared));
  }

  /** The networks that were found, the discriminator's first. */
  List<NetworkTensors> networks() {
    return networks;
  }

  /** The shapes of all weights by their names in the result. */
  Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Map<NetworkTensors, Map<String, long[]>> own = new LinkedHashMap<>();
    networks.forEach(network -> own.put(network, network.shapes()));
    origins.forEach(
        (name, origin) -> shapes.put(name, own.get(origin.network()).get(origin.name())));
    return shapes;
  }

  /** What the configurations say, unless the user knows something else. */
  ArchitectureHints hints() {
    boolean known = options.hints().reference().isPresent() && options.place().config().isEmpty();
    return known ? options.hints() : options.hints().withReference(described);
  }

  private ImportedModel read() throws IOException {
    OpenConversion sorted = sorted();
    StreamedCheckpoint streamed = sorted.checkpoint();
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, Origin> each : origins.entrySet()) {
      arrays.put(each.getKey(), each.getValue().read());
    }
    WeightMap weights = WeightMap.of(streamed.layout(), arrays, location.toString());
    return new ImportedModel(
        new Checkpoint(
            streamed.config(), streamed.heads(), weights, streamed.text(), Optional.empty()),
        sorted.report());
  }

  /** The model, with its numbers still in the files; closes this import when it is closed. */
  private OpenConversion sorted() throws IOException {
    String source = location.toString();
    Map<String, long[]> shapes = shapes();
    Architecture architecture = ArchitectureInference.infer(source, shapes, hints());
    List<TaskHead> described = networks.get(0).head().stream().toList();
    List<TaskHead> heads =
        TaskHeads.of(source, architecture.heads(), described, options.heads(), notes);
    List<TensorSpec> layout = Checkpoint.layout(architecture.config(), heads);
    List<String> problems = new ArrayList<>(LayoutFit.problems(layout, shapes));
    Set<String> surplus = new LinkedHashSet<>(shapes.keySet());
    layout.forEach(spec -> surplus.remove(spec.name()));
    surplus.forEach(name -> problems.add("unexpected  " + name));
    requireFit(problems);
    Optional<TextSettings> text = text().read(architecture.config().vocabSize());
    if (options.withOptimizer()) {
      notes.add("HuggingFace's folders hold no optimizer state; training starts at step 0.");
    }
    Map<String, TensorSupply> weights = new LinkedHashMap<>();
    for (TensorSpec spec : layout) {
      weights.put(
          spec.name(),
          TensorSupply.reading(DataType.FLOAT, spec.shape(), origins.get(spec.name())::read));
    }
    return new OpenConversion(
        new StreamedCheckpoint(
            architecture.config(), heads, weights, text, OptionalLong.empty(), Map.of()),
        new ConversionReport(
            source, architecture.config(), heads, architecture.reasons(), rows, notes),
        this);
  }

  private void requireFit(List<String> problems) throws MalformedFileException {
    if (!problems.isEmpty()) {
      throw MalformedFileException.saying(
          location,
          "%s does not fit the architecture that its own tensors imply, %d problem(s):\n  %s\nThe model is incomplete or mixed from two; fetch it again."
              .formatted(location, problems.size(), String.join("\n  ", problems)));
    }
  }

  private HuggingFaceText text() {
    List<Path> folders = new ArrayList<>();
    networks.forEach(network -> folders.add(network.files().folder()));
    folders.add(location);
    return new HuggingFaceText(location, folders, options, notes);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (NetworkTensors network : networks) {
      try {
        network.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
