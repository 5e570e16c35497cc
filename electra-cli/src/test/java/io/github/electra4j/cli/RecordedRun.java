package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.convert.tensorflow.BundleReader;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.json.ReferenceConfigJson;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.train.FineTuneConfig;
import io.github.electra4j.train.optimizer.LearningRateSchedule;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A folder in which a fine-tuning run of the original is recorded. */
final class RecordedRun {
  private final Path folder;
  private final JsonNode info;
  private final RecordedTask task;

  private RecordedRun(Path folder, JsonNode info) {
    this.folder = folder;
    this.info = info;
    this.task = RecordedTask.of(info);
  }

  /** Numbers of one example, padded. */
  record Features(int[] inputIds, int[] inputMask, int[] segmentIds, TaskTarget target) {}

  /** All folders; at least one. */
  static List<RecordedRun> all() throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path folder : SharedFolders.goldenCases("finetuning", "info.json")) {
      runs.add(
          new RecordedRun(
              folder, new ObjectMapper().readTree(folder.resolve("info.json").toFile())));
    }
    return runs;
  }

  String name() {
    return folder.getFileName().toString();
  }

  RecordedTask task() {
    return task;
  }

  TaskHead head() {
    return task.head();
  }

  JsonNode steps() {
    return info.get("steps");
  }

  /** One of the recorded files. */
  JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  GoldenTensors outputs() {
    try {
      return GoldenTensors.read(folder.resolve("outputs.safetensors"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private double number(String key) {
    return info.get("config").get(key).asDouble();
  }

  int length() {
    return info.get("config").get("max_seq_length").asInt();
  }

  FineTuneConfig choices() {
    return new FineTuneConfig(
        number("learning_rate"),
        number("weight_decay_rate"),
        number("layerwise_lr_decay"),
        number("warmup_proportion"),
        number("num_train_epochs"),
        (int) number("train_batch_size"),
        length(),
        0,
        0);
  }

  LearningRateSchedule schedule() {
    return LearningRateSchedule.linear(
        number("learning_rate"), info.get("num_train_steps").asLong(), number("warmup_proportion"));
  }

  Checkpoint checkpoint(String bundle) throws IOException {
    ElectraConfig config =
        ReferenceConfigJson.ofHparams(JsonFields.parse(name(), info.get("config").toString()))
            .encoderOnly();
    List<TensorSpec> layout = Checkpoint.layout(config, List.of(head()));
    Map<String, INDArray> found = new LinkedHashMap<>();
    try (BundleReader reader = BundleReader.open(folder.resolve(bundle))) {
      for (String tensor : reader.index().tensors().keySet()) {
        found.put(tensor, reader.read(tensor));
      }
    }
    return new Checkpoint(
        config,
        List.of(head()),
        WeightMap.of(layout, found, bundle),
        Optional.empty(),
        Optional.empty());
  }

  Map<Long, Features> recordedFeatures(String split) throws IOException {
    Map<Long, Features> features = new TreeMap<>();
    for (JsonNode example : features(split)) {
      features.put(
          example.get(head().task() + "_eid").asLong(),
          new Features(
              RecordedTask.ints(example.get("input_ids")),
              RecordedTask.ints(example.get("input_mask")),
              RecordedTask.ints(example.get("segment_ids")),
              task.target(example)));
    }
    return features;
  }

  JsonNode features(String split) throws IOException {
    return json(split + "_features.json");
  }

  static ElectraTokenizer tokenizer() throws IOException {
    return ElectraTokenizer.of(
        Vocabulary.read(SharedFolders.data("vocab/bert-base-uncased-vocab.txt")),
        TokenizerOptions.uncased());
  }

  Path data() {
    return SharedFolders.golden("finetuning/raw_data").resolve(head().task());
  }

  /** What this project makes of the raw data. */
  Map<Long, Features> ownFeatures(String split) throws IOException {
    Map<Long, Features> features = new TreeMap<>();
    for (TaskExample example : task.examples(data(), split, tokenizer(), length())) {
      TokenBatch tokens = LabelledBatch.padded(List.of(example), length()).tokens();
      features.put(
          example.id(),
          new Features(
              tokens.inputIds()[0],
              tokens.attentionMask()[0],
              tokens.tokenTypeIds()[0],
              example.target()));
    }
    return features;
  }

  /** Recorded features as a batch: those of the given indices, or all. */
  LabelledBatch batch(String split, JsonNode indices) throws IOException {
    JsonNode all = features(split);
    List<JsonNode> picked = new ArrayList<>();
    if (indices == null) {
      all.forEach(picked::add);
    } else {
      indices.forEach(index -> picked.add(all.get(index.asInt())));
    }
    return LabelledBatch.of(
        head().task(),
        new TokenBatch(
            rows(picked, "input_ids"), rows(picked, "input_mask"), rows(picked, "segment_ids")),
        picked.stream().map(task::target).toList());
  }

  private static int[][] rows(List<JsonNode> examples, String key) {
    return examples.stream()
        .map(example -> RecordedTask.ints(example.get(key)))
        .toArray(int[][]::new);
  }
}
