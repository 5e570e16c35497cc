package io.github.electra4j.convert;

import io.github.electra4j.convert.ConversionReport.Fate;
import io.github.electra4j.convert.huggingface.HuggingFaceNames;
import io.github.electra4j.convert.huggingface.HuggingFaceNames.Dialect;
import io.github.electra4j.convert.huggingface.HuggingFaceNames.Renamed;
import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.convert.tensor.TensorMemory;
import io.github.electra4j.convert.tensor.TensorSource;
import io.github.electra4j.model.json.HuggingFaceConfig;
import io.github.electra4j.model.json.HuggingFaceConfigJson;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The tensors of one network of HuggingFace's under the names that they have in a model whose only
 * encoder is {@code electra/}.
 */
final class NetworkTensors implements Closeable {
  static final String WORDS = "electra/embeddings/word_embeddings";

  /** A tensor of the file and how it becomes one of the model. */
  private record Origin(StoredTensor stored, boolean transposed) {}

  private final NetworkFiles files;
  private final TensorSource source;
  private final HuggingFaceConfig config;
  private final Map<String, Origin> origins = new LinkedHashMap<>();
  private final Set<String> tied = new LinkedHashSet<>();
  private final List<ConversionReport.Tensor> left = new ArrayList<>();

  private NetworkTensors(NetworkFiles files, HuggingFaceConfig config, TensorSource source) {
    this.files = files;
    this.config = config;
    this.source = source;
  }

  /**
   * Opens the files and finds a name for every tensor.
   *
   * @throws MalformedFileException if a file is damaged, or a tensor has no place in ELECTRA and is
   *     not to be ignored (all such are listed)
   */
  static NetworkTensors open(NetworkFiles files, List<String> ignore) throws IOException {
    HuggingFaceConfig config = HuggingFaceConfigJson.read(ReferenceFile.parse(files.config()));
    NetworkTensors tensors = new NetworkTensors(files, config, WeightFormats.open(files.weights()));
    try {
      tensors.sort(new NamePatterns(ignore));
      tensors.requireNumbers();
      return tensors;
    } catch (IOException | RuntimeException e) {
      try (tensors) {
        throw e;
      }
    }
  }

  private void sort(NamePatterns ignored) throws MalformedFileException {
    Dialect dialect = WeightFormats.dialect(files.weights());
    ForeignNames names = new ForeignNames(dialect, source.tensors().keySet());
    List<StoredTensor> unknown = new ArrayList<>();
    for (StoredTensor stored : source.tensors().values()) {
      String usual = names.usual(stored.name());
      Optional<Renamed> renamed = HuggingFaceNames.toElectra(usual, dialect);
      Optional<String> pattern = ignored.matching(stored.name());
      if (pattern.isPresent()) {
        ignore(stored, "as asked by \"%s\"".formatted(pattern.get()));
      } else if (renamed.isPresent()) {
        keep(stored, renamed.get());
      } else if (ForeignNames.isTied(usual)) {
        tied.add(stored.name());
      } else if (ForeignNames.isBuffer(usual)) {
        ignore(stored, "a buffer of old versions with the numbers 0, 1, 2, …");
      } else {
        unknown.add(stored);
      }
    }
    if (!unknown.isEmpty()) {
      throw ForeignNames.refusal(source.name(), unknown);
    }
  }

  private void keep(StoredTensor stored, Renamed renamed) throws MalformedFileException {
    Origin known = origins.put(renamed.name(), new Origin(stored, renamed.transposed()));
    if (known != null) {
      throw MalformedFileException.in(
          source.name(),
          "%s and %s are both %s. Ignore one of them by its name."
              .formatted(known.stored().name(), stored.name(), renamed.name()));
    }
  }

  private void requireNumbers() throws MalformedFileException {
    List<String> problems = new ArrayList<>();
    for (Origin origin : origins.values()) {
      if (!origin.stored().type().isFPType()) {
        problems.add("  %s is not of floating-point numbers".formatted(origin.stored()));
      }
      if (origin.transposed() && origin.stored().shape().length != 2) {
        problems.add("  %s is no matrix".formatted(origin.stored()));
      }
    }
    if (!problems.isEmpty()) {
      throw MalformedFileException.saying(
          source.name(),
          "%s has %d tensor(s) that are no weights:\n%s\nThe file is damaged; get it again."
              .formatted(source.name(), problems.size(), String.join("\n", problems)));
    }
  }

  /** The file of the weights, as the user knows it. */
  String name() {
    return source.name();
  }

  NetworkFiles files() {
    return files;
  }

  HuggingFaceConfig config() {
    return config;
  }

  /** The file's own tensors, in its order. */
  Iterable<StoredTensor> stored() {
    return source.tensors().values();
  }

  /** Whether this network is a generator: it has a head over the vocabulary. */
  boolean isGenerator() {
    return origins.keySet().stream().anyMatch(name -> name.startsWith("generator_predictions/"));
  }

  /** The names of all weights. */
  Set<String> names() {
    return origins.keySet();
  }

  /** Shapes as the model has them, by name. */
  Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    origins.forEach((name, origin) -> shapes.put(name, shape(origin)));
    return shapes;
  }

  private static long[] shape(Origin origin) {
    long[] shape = origin.stored().shape();
    return origin.transposed() ? new long[] {shape[1], shape[0]} : shape;
  }

  /** The weight of that name as the model has it: FLOAT, kernels as {@code [in, out]}. */
  INDArray read(String name) throws IOException {
    Origin origin = origins.get(name);
    INDArray array = OwnArrays.single(source.read(origin.stored().name()));
    return origin.transposed() ? OwnArrays.transposed(array) : array;
  }

  /**
   * Checks that copies of the word table are equal to it, to the last bit, as the generator's
   * output matrix is.
   */
  void requireTied() throws IOException {
    if (tied.isEmpty() || !origins.containsKey(WORDS)) {
      return;
    }
    INDArray words = read(WORDS);
    for (String copy : tied) {
      INDArray matrix = OwnArrays.single(source.read(copy));
      boolean same = TensorMemory.same(words, matrix);
      OwnArrays.free(matrix);
      if (!same) {
        throw MalformedFileException.in(
            source.name(),
            "%s differs from the word embeddings, but an ELECTRA generator has one table for both. This model was trained in another way; leave the matrix out with --ignore \"%s\" if it is not needed."
                .formatted(copy, copy));
      }
    }
    OwnArrays.free(words);
  }

  private void ignore(StoredTensor stored, String why) {
    left.add(row(stored, Fate.IGNORED, Optional.empty(), false, why));
  }

  /**
   * A line for every tensor of the file.
   *
   * @param target the name that a weight has in the result
   * @param shared names of weights that another network gives
   */
  List<ConversionReport.Tensor> rows(Map<String, String> target, Set<String> shared) {
    List<ConversionReport.Tensor> rows = new ArrayList<>();
    origins.forEach(
        (name, origin) -> {
          String now = target.get(name);
          boolean twice = shared.contains(name);
          String remark = twice ? "equal to the discriminator's" : remark(origin);
          rows.add(
              row(
                  origin.stored(),
                  twice ? Fate.TIED : Fate.RENAMED,
                  Optional.of(now),
                  origin.transposed(),
                  remark));
        });
    for (String copy : tied) {
      StoredTensor stored = source.tensors().get(copy);
      String words = target.getOrDefault(WORDS, WORDS);
      rows.add(row(stored, Fate.TIED, Optional.of(words), false, "a copy, compared bit by bit"));
    }
    rows.addAll(left);
    return rows;
  }

  private static String remark(Origin origin) {
    return switch (origin.stored().type()) {
      case DOUBLE -> "rounded to FLOAT";
      case HALF, BFLOAT16 -> "widened to FLOAT";
      default -> "";
    };
  }

  private ConversionReport.Tensor row(
      StoredTensor stored, Fate fate, Optional<String> target, boolean transposed, String remark) {
    String name = files.label().map(label -> label + ": ").orElse("") + stored.name();
    return new ConversionReport.Tensor(
        name, stored.type().name(), stored.shape(), fate, target, transposed, remark);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
