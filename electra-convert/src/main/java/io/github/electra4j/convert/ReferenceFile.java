package io.github.electra4j.convert;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.json.HuggingFaceConfigJson;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.json.NativeConfigJson;
import io.github.electra4j.model.json.ReferenceConfigJson;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A configuration in JSON that came with a checkpoint, in whichever dialect it is. */
final class ReferenceFile {
  private static final int MAX_SIZE = 1 << 20;

  private ReferenceFile() {}

  /**
   * The architecture that a file describes. The dialect follows from its keys: this project's
   * configuration, HuggingFace's, the original's transformer configuration ({@code bert_config}),
   * or the settings of a pre-training run ({@code hparams}).
   */
  static ElectraConfig read(Path file) throws IOException {
    JsonFields fields = parse(file);
    if (fields.has("electra4j")) {
      return NativeConfigJson.read(fields).config();
    }
    if (fields.has("model_type") || fields.has("architectures")) {
      return HuggingFaceConfigJson.read(fields).config();
    }
    if (fields.has("hidden_size") || fields.has("num_hidden_layers")) {
      return ReferenceConfigJson.ofBertConfig(fields, Optional.empty());
    }
    for (String key : ReferenceConfigJson.architectureKeys()) {
      if (fields.has(key)) {
        return ReferenceConfigJson.ofHparams(fields);
      }
    }
    throw MalformedFileException.in(
        file,
        "this JSON describes no architecture: it has neither \"hidden_size\" nor \"model_size\". Give a bert_config.json, HuggingFace's config.json, or the settings of a pre-training run.");
  }

  static JsonFields parse(Path file) throws IOException {
    if (Files.size(file) > MAX_SIZE) {
      throw MalformedFileException.in(
          file,
          "a configuration of more than %d bytes is not plausible. Give the right file."
              .formatted(MAX_SIZE));
    }
    try {
      return JsonFields.parse(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw MalformedFileException.in(file, "this is not UTF-8 text. Save it as UTF-8.", e);
    }
  }
}
