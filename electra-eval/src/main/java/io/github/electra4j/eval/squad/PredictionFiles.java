package io.github.electra4j.eval.squad;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.CharConversionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads anybody's prediction files in the official form: one JSON object, by id of the question.
 */
public final class PredictionFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PredictionFiles() {}

  private interface Value<T> {
    /** The value at the parser's token, or null if it is of the wrong kind. */
    T read(JsonParser parser) throws IOException;
  }

  /**
   * The answers, {@code {"id": "text", …}}; the empty text says that there is none.
   *
   * @return in the order of the file
   * @throws java.io.FileNotFoundException if the file is not there
   * @throws MalformedFileException naming file, line and id, if it is no such file or has an id
   *     twice
   */
  public static Map<String, String> answers(Path file) throws IOException {
    return read(
        file,
        "a text",
        parser -> parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null);
  }

  /**
   * The null odds, {@code {"id": -3.25, …}}.
   *
   * @return in the order of the file
   * @throws IOException as {@link #answers}
   */
  public static Map<String, Double> nullOdds(Path file) throws IOException {
    return read(
        file,
        "a number",
        parser -> parser.currentToken().isNumeric() ? parser.getDoubleValue() : null);
  }

  private static <T> Map<String, T> read(Path file, String wanted, Value<T> value)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(
          "%s does not exist. Check the name of the predictions.".formatted(file));
    }
    Map<String, T> values = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = MAPPER.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed(file, parser, "this is no JSON object. Wanted {\"id\": %s, …}", wanted);
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String id = parser.currentName();
        parser.nextToken();
        T read = value.read(parser);
        if (read == null) {
          throw malformed(file, parser, "the value of \"" + id + "\" is not %s. Give one", wanted);
        }
        if (values.putIfAbsent(id, read) != null) {
          throw malformed(file, parser, "the id \"%s\" occurs a second time. Remove one", id);
        }
      }
      if (parser.nextToken() != null) {
        throw malformed(
            file, parser, "something follows the object. Wanted {\"id\": %s, …}", wanted);
      }
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw MalformedFileException.saying(
          file,
          "%s, line %d: this is not JSON in UTF-8: %s. Write the file again."
              .formatted(file, line, e.getOriginalMessage()));
    } catch (CharConversionException e) {
      throw MalformedFileException.in(file, "it is not JSON in UTF-8. Write the file again.", e);
    }
    return values;
  }

  private static MalformedFileException malformed(
      Path file, JsonParser parser, String problem, String value) {
    return MalformedFileException.saying(
        file,
        "%s, line %d: %s."
            .formatted(
                file, parser.currentTokenLocation().getLineNr(), problem.replace("%s", value)));
  }
}
