package io.github.electra4j.model.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.VocabularyHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * This project's {@code config.json}: HuggingFace's keys for the discriminator's encoder, so that
 * Python tools understand the file, and a block {@code electra4j} for what HuggingFace has no word
 * for: the discriminator's head, the generator and the fine-tuned heads.
 */
public final class NativeConfigJson {
  /** The version of the format that is written. */
  public static final int FORMAT_VERSION = 1;

  private static final String BLOCK = "electra4j";
  private static final String VOCABULARY_HEAD = "vocabulary_head";
  private static final String DISENTANGLED = "disentangled_embeddings";
  private static final List<String> BLOCK_KEYS =
      List.of("format_version", "discriminator_head", VOCABULARY_HEAD, "generator", "task_heads");
  private static final List<String> GENERATOR_OWN_KEYS =
      List.of("kind", "untied_embeddings", DISENTANGLED);

  private NativeConfigJson() {}

  /**
   * Reads a file.
   *
   * @throws MalformedFileException if a key is missing, unknown or has a wrong value
   */
  public static NativeConfig read(JsonFields fields) throws MalformedFileException {
    if (!fields.has(BLOCK)) {
      throw MalformedFileException.in(
          fields.source(),
          "there is no block \"%s\", so this is not a configuration of this project. Convert a foreign checkpoint first."
              .formatted(BLOCK));
    }
    JsonFields block = fields.child(BLOCK).orElseThrow();
    requireVersion(block);
    block.requireKnown(BLOCK_KEYS);
    List<String> known = new ArrayList<>(HuggingFaceKeys.known());
    known.add(BLOCK);
    fields.requireKnown(known);
    HuggingFaceKeys.requireValues(fields);
    return ConfigValues.checked(
        fields.source(), () -> new NativeConfig(config(fields, block), heads(block)));
  }

  /** The text of the file. */
  public static String write(NativeConfig content) {
    ElectraConfig config = content.config();
    ObjectNode object = JsonFields.object();
    object.putArray("architectures").add(architecture(config));
    HuggingFaceConfigJson.writeNetwork(object, config, config.encoder());
    ObjectNode block = object.putObject(BLOCK);
    block.put("format_version", FORMAT_VERSION);
    block.put("discriminator_head", config.discriminatorHead());
    config.vocabularyHead().ifPresent(head -> block.put(VOCABULARY_HEAD, text(head)));
    config.generator().ifPresent(generator -> write(block.putObject("generator"), generator));
    ArrayNode heads = block.putArray("task_heads");
    content.heads().forEach(head -> heads.add(TaskHeadJson.write(head)));
    return JsonFields.write(object);
  }

  private static String architecture(ElectraConfig config) {
    if (config.discriminatorHead()) {
      return HuggingFaceConfigJson.PRE_TRAINING;
    }
    boolean lone =
        config.generator().map(GeneratorConfig::kind).orElse(null) == GeneratorConfig.Kind.SHARED;
    return lone ? HuggingFaceConfigJson.MASKED_LM : HuggingFaceConfigJson.ENCODER;
  }

  private static void requireVersion(JsonFields block) throws MalformedFileException {
    int version = block.positiveInt("format_version");
    if (version > FORMAT_VERSION) {
      throw block.wrong(
          "format_version",
          "at most %d, the newest that this program reads; use a newer program"
              .formatted(FORMAT_VERSION));
    }
  }

  private static ElectraConfig config(JsonFields fields, JsonFields block)
      throws MalformedFileException {
    Optional<JsonFields> generator = block.child("generator");
    return new ElectraConfig(
        fields.positiveInt("vocab_size"),
        fields.positiveInt("embedding_size"),
        fields.positiveInt("max_position_embeddings"),
        fields.positiveInt("type_vocab_size"),
        fields.number("initializer_range"),
        EncoderFields.read(fields),
        generator.isPresent() ? Optional.of(generator(generator.get())) : Optional.empty(),
        block.flag("discriminator_head"),
        block.has(VOCABULARY_HEAD)
            ? Optional.of(constant(block, VOCABULARY_HEAD, VocabularyHead.values()))
            : Optional.empty());
  }

  private static GeneratorConfig generator(JsonFields fields) throws MalformedFileException {
    List<String> known = new ArrayList<>(GENERATOR_OWN_KEYS);
    known.addAll(EncoderFields.KEYS);
    fields.requireKnown(known);
    return new GeneratorConfig(
        constant(fields, "kind", GeneratorConfig.Kind.values()),
        EncoderFields.read(fields),
        fields.flag("untied_embeddings"),
        fields.flag(DISENTANGLED, false));
  }

  /** The constant whose name in lower case is the value of {@code key}. */
  private static <E extends Enum<E>> E constant(JsonFields fields, String key, E[] all)
      throws MalformedFileException {
    List<String> names = Arrays.stream(all).map(NativeConfigJson::text).toList();
    int found = names.indexOf(fields.text(key));
    if (found < 0) {
      throw fields.wrong(key, "one of " + String.join(", ", names));
    }
    return all[found];
  }

  private static void write(ObjectNode object, GeneratorConfig generator) {
    object.put("kind", text(generator.kind()));
    object.put("untied_embeddings", generator.untiedEmbeddings());
    if (generator.disentangledEmbeddings()) {
      object.put(DISENTANGLED, true);
    }
    EncoderFields.write(object, generator.encoder());
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static List<TaskHead> heads(JsonFields block) throws MalformedFileException {
    List<TaskHead> heads = new ArrayList<>();
    for (JsonFields head : block.children("task_heads")) {
      heads.add(TaskHeadJson.read(head));
    }
    return heads;
  }
}
