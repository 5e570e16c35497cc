package io.github.electra4j.convert;

import io.github.electra4j.convert.ConversionReport.Fate;
import io.github.electra4j.convert.huggingface.HeadForm;
import io.github.electra4j.convert.huggingface.HuggingFaceNames;
import io.github.electra4j.convert.huggingface.HuggingFaceNames.Dialect;
import io.github.electra4j.convert.huggingface.HuggingFaceNames.Renamed;
import io.github.electra4j.convert.tensor.StoredTensor;
import io.github.electra4j.convert.tensor.TensorMemory;
import io.github.electra4j.convert.tensor.TensorSource;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.json.HuggingFaceConfig;
import io.github.electra4j.model.json.HuggingFaceConfigJson;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
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

  private final NetworkFiles files;
  private final TensorSource source;
  private final HuggingFaceConfig config;
  private final Map<String, TensorOrigin> origins = new LinkedHashMap<>();

  /** Tensors of a fine-tuned head by their names below the task. */
  private final Map<String, TensorOrigin> leaves = new LinkedHashMap<>();

  private final Set<String> tied = new LinkedHashSet<>();
  private final List<ConversionReport.Tensor> left = new ArrayList<>();
  private Optional<HeadForm> form = Optional.empty();
  private Optional<TaskHead> head = Optional.empty();

  private NetworkTensors(NetworkFiles files, HuggingFaceConfig config, TensorSource source) {
    this.files = files;
    this.config = config;
    this.source = source;
  }

  /**
   * Opens the files and finds a name for every tensor.
   *
   * @throws MalformedFileException if a file is damaged, or a tensor has no place in ELECTRA and is
   *     not to be ignored (all such are listed), or if this project has no head that computes the
   *     same as the file's
   */
  static NetworkTensors open(NetworkFiles files, ImportOptions options) throws IOException {
    HuggingFaceConfig config = HuggingFaceConfigJson.read(ReferenceFile.parse(files.config()));
    NetworkTensors tensors = new NetworkTensors(files, config, WeightFormats.open(files.weights()));
    try {
      tensors.sort(new NamePatterns(options.ignore()));
      tensors.requireNumbers();
      tensors.takeHead(options.heads());
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
    form =
        HeadForm.of(
            source.tensors().keySet().stream()
                .filter(name -> ignored.matching(name).isEmpty())
                .map(names::usual)
                .toList(),
            dialect,
            config.architecture());
    List<StoredTensor> unknown = new ArrayList<>();
    for (StoredTensor stored : source.tensors().values()) {
      String usual = names.usual(stored.name());
      Optional<Renamed> renamed = HuggingFaceNames.toElectra(usual, dialect);
      Optional<Renamed> leaf = form.flatMap(head -> head.toElectra(usual, dialect));
      Optional<String> pattern = ignored.matching(stored.name());
      if (pattern.isPresent()) {
        ignore(stored, "as asked by \"%s\"".formatted(pattern.get()));
      } else if (renamed.isPresent()) {
        keep(origins, stored, renamed.get());
      } else if (leaf.isPresent()) {
        keep(leaves, stored, leaf.get());
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

  private void keep(Map<String, TensorOrigin> among, StoredTensor stored, Renamed renamed)
      throws MalformedFileException {
    TensorOrigin known =
        among.put(renamed.name(), new TensorOrigin(source, stored, renamed.transposed()));
    if (known != null) {
      throw MalformedFileException.in(
          source.name(),
          "%s and %s are both %s. Ignore one of them by its name."
              .formatted(known.stored().name(), stored.name(), renamed.name()));
    }
  }

  private void requireNumbers() throws MalformedFileException {
    List<String> problems = new ArrayList<>();
    List<TensorOrigin> all = new ArrayList<>(origins.values());
    all.addAll(leaves.values());
    for (TensorOrigin origin : all) {
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

  private void takeHead(HeadHints hints) throws IOException {
    if (form.isEmpty()) {
      return;
    }
    String place = files.config().toString();
    NetworkHead found = NetworkHead.of(ForeignHead.of(place, form.get(), config, hints), leaves);
    origins.putAll(found.weights());
    head = Optional.of(found.head());
    for (String idle : found.idle()) {
      ignore(
          leaves.get(idle).stored(),
          "it only passes the head's single layer through GELU, as x = gelu(x) - gelu(-x)");
    }
  }

  /** The fine-tuned head, if there is one. */
  Optional<TaskHead> head() {
    return head;
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
    origins.forEach((name, origin) -> shapes.put(name, origin.shape()));
    return shapes;
  }

  /** The weight of that name as the model has it: FLOAT, kernels as {@code [in, out]}. */
  INDArray read(String name) throws IOException {
    return origins.get(name).read();
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
    Map<String, List<String>> targets = new LinkedHashMap<>();
    origins.forEach(
        (name, origin) ->
            targets
                .computeIfAbsent(origin.stored().name(), stored -> new ArrayList<>())
                .add(target.get(name)));
    Set<String> done = new HashSet<>();
    origins.forEach(
        (name, origin) -> {
          String stored = origin.stored().name();
          if (done.add(stored)) {
            boolean twice = shared.contains(name);
            rows.add(
                row(
                    origin.stored(),
                    twice ? Fate.TIED : Fate.RENAMED,
                    Optional.of(String.join(TargetNames.AND, targets.get(stored))),
                    origin.transposed(),
                    twice ? "equal to the discriminator's" : remark(origin)));
          }
        });
    for (String copy : tied) {
      StoredTensor stored = source.tensors().get(copy);
      String words = target.getOrDefault(WORDS, WORDS);
      rows.add(row(stored, Fate.TIED, Optional.of(words), false, "a copy, compared bit by bit"));
    }
    rows.addAll(left);
    return rows;
  }

  private static String remark(TensorOrigin origin) {
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
