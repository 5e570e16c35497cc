package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.convert.ArchitectureHints;
import io.github.electra4j.convert.Conversion;
import io.github.electra4j.convert.ImportOptions;
import io.github.electra4j.convert.SourceOptions;
import io.github.electra4j.eval.dataset.GlueReader;
import io.github.electra4j.eval.dataset.GlueTask;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.json.ReferenceConfigJson;
import io.github.electra4j.testkit.GoldenTensors;
import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.tokenizer.Vocabulary;
import io.github.electra4j.train.FineTuneConfig;
import io.github.electra4j.train.optimizer.LearningRateSchedule;
import io.github.electra4j.train.task.Featurizer;
import io.github.electra4j.train.task.LabelledBatch;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import io.github.electra4j.train.task.TextExample;
import io.github.electra4j.train.task.UnorderedPairs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A folder in which a fine-tuning run of the original on a GLUE task is recorded. */
final class RecordedRun {
  private final Path folder;
  private final JsonNode info;
  private final GlueTask task;

  private RecordedRun(Path folder, JsonNode info, GlueTask task) {
    this.folder = folder;
    this.info = info;
    this.task = task;
  }

  /** Numbers of one example, padded. */
  record Features(int[] inputIds, int[] inputMask, int[] segmentIds, TaskTarget target) {}

  /** All folders whose task is one of GLUE's; at least one. */
  static List<RecordedRun> all() throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path folder : SharedFolders.goldenCases("finetuning", "info.json")) {
      JsonNode info = new ObjectMapper().readTree(folder.resolve("info.json").toFile());
      String name = info.at("/config/task_names/0").asText();
      GlueTask.all().stream()
          .filter(task -> task.name().equals(name))
          .forEach(task -> runs.add(new RecordedRun(folder, info, task)));
    }
    if (runs.isEmpty()) {
      throw new AssertionError("No recorded run of a GLUE task; check -Dgolden.dir.");
    }
    return runs;
  }

  String name() {
    return folder.getFileName().toString();
  }

  JsonNode steps() {
    return info.get("steps");
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

  private int length() {
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
        ReferenceConfigJson.ofHparams(JsonFields.parse(name(), info.get("config").toString()));
    ImportOptions options =
        ImportOptions.standard()
            .withPlace(SourceOptions.none().withBundle(bundle))
            .withHints(ArchitectureHints.none().withReference(config))
            .withHeads(List.of(Tasks.head(task)));
    return Conversion.from(folder).options(options).read().checkpoint();
  }

  Map<Long, Features> recordedFeatures(String split) throws IOException {
    Map<Long, Features> features = new TreeMap<>();
    for (JsonNode example : features(split)) {
      features.put(
          example.get(task.name() + "_eid").asLong(),
          new Features(
              ints(example.get("input_ids")),
              ints(example.get("input_mask")),
              ints(example.get("segment_ids")),
              target(example)));
    }
    return features;
  }

  private JsonNode features(String split) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(split + "_features.json").toFile());
  }

  private TaskTarget target(JsonNode example) {
    return task.isRegression()
        ? new TaskTarget.Score(example.get(task.name() + "_targets").asDouble())
        : new TaskTarget.Label(example.get(task.name() + "_label_ids").asInt());
  }

  /** What this project makes of the raw data. */
  Map<Long, Features> ownFeatures(String split) throws IOException {
    Path data = SharedFolders.golden("finetuning/raw_data").resolve(task.name());
    List<TextExample> texts = GlueReader.read(task, data, split);
    if (split.equals("train") && task.training().bothOrders()) {
      texts = UnorderedPairs.doubled(texts);
    }
    ElectraTokenizer tokenizer =
        ElectraTokenizer.of(
            Vocabulary.read(SharedFolders.data("vocab/bert-base-uncased-vocab.txt")),
            TokenizerOptions.uncased());
    Map<Long, Features> features = new TreeMap<>();
    for (TaskExample example :
        new Featurizer(tokenizer, Tasks.head(task), length()).examples(texts)) {
      LabelledBatch padded = LabelledBatch.padded(List.of(example), length());
      TokenBatch tokens = padded.tokens();
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
        task.name(),
        new TokenBatch(
            rows(picked, "input_ids"), rows(picked, "input_mask"), rows(picked, "segment_ids")),
        picked.stream().map(this::target).toList());
  }

  private static int[][] rows(List<JsonNode> examples, String key) {
    return examples.stream().map(example -> ints(example.get(key))).toArray(int[][]::new);
  }

  private static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    Arrays.setAll(values, i -> array.get(i).asInt());
    return values;
  }
}
