package io.github.electra4j.train.corpus;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a folder of {@link Preparation} tells about the text that its examples were made of. */
public final class PreparedFolder {
  static final String CONFIG = "config";
  static final String LOWER_CASE = "do_lower_case";
  static final String STRIP_ACCENTS = "strip_accents";

  private PreparedFolder() {}

  /**
   * The folders that hold files of examples; each may tell something else.
   *
   * @param places as {@link ExampleShards#open(String)} has them
   * @return at least one, in the order of the files
   */
  public static List<Path> holding(String places) throws IOException {
    return ShardFiles.find(places).stream()
        .map(file -> file.getParent() == null ? Path.of(".") : file.getParent())
        .distinct()
        .toList();
  }

  /**
   * Vocabulary and tokenizer options, with which a model that learns from the examples has to read
   * text.
   *
   * @return empty if the folder was not made by {@link Preparation}, as one of the original's
   * @throws MalformedFileException if the report in it is damaged
   */
  public static Optional<TextSettings> textSettings(Path folder) throws IOException {
    Path report = folder.resolve(ShardFiles.REPORT);
    Path vocabulary = folder.resolve(ShardFiles.VOCABULARY);
    if (!Files.exists(report) || !Files.exists(vocabulary)) {
      return Optional.empty();
    }
    JsonNode config = read(report).path(CONFIG);
    boolean lowerCase = flag(report, config, LOWER_CASE);
    boolean stripAccents = flag(report, config, STRIP_ACCENTS);
    return Optional.of(
        new TextSettings(
            Files.readAllBytes(vocabulary),
            lowerCase,
            stripAccents == lowerCase ? Optional.empty() : Optional.of(stripAccents)));
  }

  private static JsonNode read(Path report) throws IOException {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(report));
    } catch (JacksonException e) {
      throw MalformedFileException.in(report, "it is not JSON. Prepare the corpus again.", e);
    }
  }

  private static boolean flag(Path report, JsonNode config, String name)
      throws MalformedFileException {
    JsonNode flag = config.path(name);
    if (!flag.isBoolean()) {
      throw MalformedFileException.in(
          report, "%s.%s is not true or false. Prepare the corpus again.".formatted(CONFIG, name));
    }
    return flag.booleanValue();
  }
}
