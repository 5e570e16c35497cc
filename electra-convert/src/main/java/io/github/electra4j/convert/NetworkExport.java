package io.github.electra4j.convert;

import io.github.electra4j.convert.ExportOptions.WeightFile;
import io.github.electra4j.convert.hdf5.KerasWriter;
import io.github.electra4j.convert.huggingface.HeadForm;
import io.github.electra4j.convert.huggingface.HuggingFaceNames;
import io.github.electra4j.convert.huggingface.HuggingFaceNames.Dialect;
import io.github.electra4j.convert.huggingface.HuggingFaceNames.Renamed;
import io.github.electra4j.convert.pytorch.TorchWriter;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.GeneratorConfig.Kind;
import io.github.electra4j.model.StreamedCheckpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.storage.SafetensorsFile;
import io.github.electra4j.model.storage.TensorSupply;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The weights of one network, written under HuggingFace's names. */
final class NetworkExport {
  private static final String GENERATOR = "generator/";
  private static final String ELECTRA = "electra/";

  private static final String HEAD = "task_specific/";

  /** The generator's output matrix, which is the word table. */
  private static final String TIED = "generator_lm_head.weight";

  private final String kerasModel;
  private final boolean generator;
  private final Optional<HeadForm> form;

  /** By the names of a model whose only encoder is {@code electra/}. */
  private final Map<String, TensorSupply> weights = new LinkedHashMap<>();

  /** Of which weights of the checkpoint each is made, by the same names. */
  private final Map<String, List<String>> origins = new LinkedHashMap<>();

  private final Map<String, String> remarks = new LinkedHashMap<>();

  private NetworkExport(String kerasModel, boolean generator, Optional<HeadForm> form) {
    this.kerasModel = kerasModel;
    this.generator = generator;
    this.form = form;
  }

  /**
   * The encoder.
   *
   * @param head whether with its replaced-token head
   */
  static NetworkExport discriminator(StreamedCheckpoint checkpoint, boolean head) {
    NetworkExport network =
        new NetworkExport(
            head ? "tf_electra_for_pre_training" : "tf_electra_model", false, Optional.empty());
    for (TensorSpec spec : checkpoint.layout()) {
      String name = spec.name();
      if (name.startsWith(ELECTRA) || (head && name.startsWith("discriminator_predictions/"))) {
        network.add(name, checkpoint, name);
      }
    }
    return network;
  }

  private void add(String name, StreamedCheckpoint checkpoint, String weight) {
    weights.put(name, checkpoint.weights().get(weight));
    origins.put(name, List.of(weight));
  }

  /**
   * The encoder with a fine-tuned head.
   *
   * @throws IllegalArgumentException if HuggingFace has no such head
   */
  static NetworkExport fineTuned(StreamedCheckpoint checkpoint, TaskHead head) {
    HeadExport export = HeadExport.of(checkpoint, head);
    NetworkExport network =
        new NetworkExport(export.form().kerasModel(), false, Optional.of(export.form()));
    for (TensorSpec spec : checkpoint.layout()) {
      if (spec.name().startsWith(ELECTRA)) {
        network.add(spec.name(), checkpoint, spec.name());
      }
    }
    export.tensors().forEach((leaf, tensor) -> network.weights.put(HEAD + leaf, tensor));
    String task = HEAD + head.task() + "/";
    export
        .origins()
        .forEach(
            (leaf, from) ->
                network.origins.put(HEAD + leaf, from.stream().map(task::concat).toList()));
    export.remarks().forEach((leaf, remark) -> network.remarks.put(HEAD + leaf, remark));
    return network;
  }

  /** The generator with its head; its encoder may be the discriminator's. */
  static NetworkExport generator(StreamedCheckpoint checkpoint) {
    GeneratorConfig config = checkpoint.config().generator().orElseThrow();
    NetworkExport network = new NetworkExport("tf_electra_for_masked_lm", true, Optional.empty());
    for (TensorSpec spec : checkpoint.layout()) {
      String name = spec.name();
      boolean shared =
          config.kind() == Kind.SHARED
              ? name.startsWith(ELECTRA)
              : name.startsWith("electra/embeddings/") && !config.untiedEmbeddings();
      if (shared || name.startsWith("generator_predictions/")) {
        network.add(name, checkpoint, name);
      } else if (name.startsWith(GENERATOR)) {
        network.add(ELECTRA + name.substring(GENERATOR.length()), checkpoint, name);
      }
    }
    return network;
  }

  /**
   * Tells where every weight will be.
   *
   * @param folder of the network, relative to the target
   */
  void tell(String folder, ExportOptions options, TargetNames names) {
    for (WeightFile kind : WeightFile.values()) {
      if (options.weightFiles().contains(kind)) {
        tell(folder + "/" + kind.fileName(), kind, options.precision(), names);
      }
    }
  }

  private void tell(String file, WeightFile kind, Precision precision, TargetNames names) {
    boolean keras = kind == WeightFile.KERAS;
    String rounding = TargetNames.remark(precision);
    origins.forEach(
        (name, from) -> {
          Renamed renamed = foreign(name, keras ? Dialect.KERAS : Dialect.TORCH);
          String full = keras ? kerasModel + "/" + renamed.name() : renamed.name();
          String how =
              Stream.of(remarks.getOrDefault(name, ""), rounding)
                  .filter(text -> !text.isEmpty())
                  .collect(Collectors.joining(", "));
          for (String weight : from) {
            names.add(weight, new TargetNames.Place(file, full, renamed.transposed(), how));
            if (generator && kind == WeightFile.PYTORCH && name.equals(NetworkTensors.WORDS)) {
              names.add(weight, new TargetNames.Place(file, TIED, false, how));
            }
          }
        });
  }

  /** Writes {@code model.safetensors}; the generator's output matrix, tied, is left out. */
  void writeSafetensors(Path file, Precision precision) throws IOException {
    Map<String, TensorSupply> tensors = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) -> {
          Renamed renamed = foreign(name, Dialect.TORCH);
          tensors.put(renamed.name(), new ForeignSupply(weight, renamed, precision));
        });
    SafetensorsFile.stream(file, tensors, Map.of("format", "pt"), false);
  }

  /** Writes {@code pytorch_model.bin}, in which the tied matrix shares the table's numbers. */
  void writePyTorch(Path file, Precision precision) throws IOException {
    try (TorchWriter writer =
        new TorchWriter(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      weights.forEach(
          (name, weight) -> {
            Renamed renamed = foreign(name, Dialect.TORCH);
            writer.add(renamed.name(), new ForeignSupply(weight, renamed, precision));
          });
      if (generator) {
        writer.tie(TIED, foreign(NetworkTensors.WORDS, Dialect.TORCH).name());
      }
      writer.finish();
    }
  }

  /** Writes {@code tf_model.h5}. */
  void writeKeras(Path file) throws IOException {
    try (KerasWriter writer = KerasWriter.create(file)) {
      for (Map.Entry<String, TensorSupply> weight : weights.entrySet()) {
        String name = foreign(weight.getKey(), Dialect.KERAS).name();
        String layer = name.substring(0, name.indexOf('/'));
        weight.getValue().with(array -> writer.add(layer, kerasModel + "/" + name, array));
      }
      writer.finish();
    }
  }

  private Renamed foreign(String name, Dialect dialect) {
    if (form.isPresent() && name.startsWith(HEAD)) {
      return form.get().toForeign(name.substring(HEAD.length()), dialect);
    }
    return HuggingFaceNames.toForeign(name, dialect)
        .orElseThrow(() -> new AssertionError("no row in the table of names for " + name));
  }
}
