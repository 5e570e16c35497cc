package io.github.electra4j.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * HuggingFace's {@code config.json} of model type {@code electra}. A HuggingFace folder holds one
 * network, so generator and discriminator have a file each.
 *
 * <p>Absent keys have the defaults of HuggingFace's own configuration class. Keys that change
 * nothing that is computed here are accepted; keys that would change it are accepted with the one
 * value that ELECTRA has. Keys that nobody knows here are told, not refused.
 */
public final class HuggingFaceConfigJson {
  static final String PRE_TRAINING = "ElectraForPreTraining";
  static final String MASKED_LM = "ElectraForMaskedLM";
  static final String ENCODER = "ElectraModel";
  static final String MULTIPLE_CHOICE = "ElectraForMultipleChoice";
  private static final String HEADS = "task_specific_params";

  /** HuggingFace's defaults: ELECTRA-Small. */
  private static final ElectraConfig DEFAULTS = ElectraConfig.small();

  private HuggingFaceConfigJson() {}

  /**
   * Reads a file.
   *
   * @throws MalformedFileException if a key is a mistyped one of the network, or a value is wrong
   *     or not supported
   */
  public static HuggingFaceConfig read(JsonFields fields) throws MalformedFileException {
    List<String> unknown = HuggingFaceKeys.unknown(fields);
    HuggingFaceKeys.requireValues(fields);
    EncoderConfig defaults = DEFAULTS.encoder();
    List<String> architectures =
        fields.has("architectures") ? fields.texts("architectures") : List.of();
    Optional<String> architecture = architectures.stream().findFirst();
    ElectraConfig config =
        ConfigValues.checked(
            fields.source(),
            () ->
                new ElectraConfig(
                    fields.positiveInt("vocab_size", DEFAULTS.vocabSize()),
                    fields.positiveInt("embedding_size", DEFAULTS.embeddingSize()),
                    fields.positiveInt("max_position_embeddings", DEFAULTS.maxPositions()),
                    fields.positiveInt("type_vocab_size", DEFAULTS.tokenTypes()),
                    fields.number("initializer_range", DEFAULTS.initializerRange()),
                    EncoderFields.read(fields, defaults),
                    Optional.empty(),
                    architecture.equals(Optional.of(PRE_TRAINING))));
    if (architecture.equals(Optional.of(MASKED_LM))) {
      config = config.withGenerator(GeneratorConfig.shared(config.encoder()));
    }
    if (architecture.equals(Optional.of(MULTIPLE_CHOICE))) {
      requireSummary(fields);
    }
    return new HuggingFaceConfig(
        config,
        architecture,
        labels(fields),
        text(fields, "finetuning_task"),
        text(fields, "problem_type"),
        heads(fields),
        unknown);
  }

  /** The file for the discriminator, or for the encoder alone if its head is absent. */
  public static String writeDiscriminator(ElectraConfig config) {
    ObjectNode object = JsonFields.object();
    writeNetwork(object, config, config.encoder());
    object.putArray("architectures").add(config.discriminatorHead() ? PRE_TRAINING : ENCODER);
    return JsonFields.write(object);
  }

  /**
   * The file for the generator.
   *
   * @throws IllegalArgumentException if there is none, or HuggingFace's classes cannot express it:
   *     Electric's two towers
   */
  public static String writeGenerator(ElectraConfig config) {
    GeneratorConfig generator =
        config
            .generator()
            .orElseThrow(() -> new IllegalArgumentException("There is no generator in " + config));
    if (generator.kind() == GeneratorConfig.Kind.TWO_TOWER) {
      throw new IllegalArgumentException(
          "A generator of kind TWO_TOWER has no counterpart in HuggingFace's ELECTRA; write the discriminator alone");
    }
    EncoderConfig encoder = generator.encoder();
    ElectraConfig sized = config.withEmbeddingSize(config.embeddingSizeOf(generator));
    ObjectNode object = JsonFields.object();
    writeNetwork(object, sized, encoder);
    object.putArray("architectures").add(MASKED_LM);
    return JsonFields.write(object);
  }

  /** Everything that HuggingFace's class wants to know about one network. */
  static void writeNetwork(ObjectNode object, ElectraConfig config, EncoderConfig encoder) {
    object.put("model_type", HuggingFaceKeys.MODEL_TYPE);
    object.put("vocab_size", config.vocabSize());
    object.put("embedding_size", config.embeddingSize());
    EncoderFields.write(object, encoder);
    object.put("max_position_embeddings", config.maxPositions());
    object.put("type_vocab_size", config.tokenTypes());
    object.put("initializer_range", config.initializerRange());
    object.put("hidden_act", "gelu");
    object.put("layer_norm_eps", HuggingFaceKeys.LAYER_NORM_EPSILON);
    object.put("position_embedding_type", "absolute");
    object.put("pad_token_id", 0);
  }

  private static Optional<String> text(JsonFields fields, String key)
      throws MalformedFileException {
    return fields.has(key) ? Optional.of(fields.text(key)) : Optional.empty();
  }

  /** Refuses layers between {@code [CLS]} and the scores of candidates other than the usual. */
  private static void requireSummary(JsonFields fields) throws MalformedFileException {
    if (!fields.text("summary_type", "first").equals("first")) {
      throw fields.wrong("summary_type", "\"first\"; heads that read other tokens cannot be read");
    }
    if (!fields.text("summary_activation", "gelu").equals("gelu")) {
      throw fields.wrong("summary_activation", "\"gelu\", the only one that can be read");
    }
  }

  /** The heads that {@link #describe} wrote; parameters of other tasks are of no interest. */
  private static List<TaskHead> heads(JsonFields fields) throws MalformedFileException {
    List<TaskHead> heads = new ArrayList<>();
    Optional<JsonFields> tasks = fields.child(HEADS);
    if (tasks.isPresent()) {
      for (String task : (Iterable<String>) fields.raw(HEADS)::fieldNames) {
        JsonNode each = fields.raw(HEADS).path(task);
        if (TaskHeadJson.TYPES.contains(each.path("type").asText())) {
          JsonFields head = tasks.get().child(task).orElseThrow();
          heads.add(ConfigValues.checked(fields.source(), () -> TaskHeadJson.read(head)));
        }
      }
    }
    return heads;
  }

  /**
   * Adds a fine-tuned head to a configuration under keys that HuggingFace's own code keeps: {@code
   * finetuning_task} and {@code task_specific_params}.
   */
  public static void describe(ObjectNode config, TaskHead head) {
    config.put("finetuning_task", head.task());
    config.putObject(HEADS).set(head.task(), TaskHeadJson.write(head));
  }

  private static List<String> labels(JsonFields fields) throws MalformedFileException {
    JsonNode byIndex = fields.raw("id2label");
    List<String> labels = new ArrayList<>();
    if (byIndex.isMissingNode() || byIndex.isNull()) {
      return labels;
    }
    for (int i = 0; i < byIndex.size(); i++) {
      JsonNode label = byIndex.path(Integer.toString(i));
      if (!label.isTextual()) {
        throw fields.wrong("id2label", "an object with the keys \"0\", \"1\", … and label names");
      }
      labels.add(label.textValue());
    }
    return labels;
  }
}
