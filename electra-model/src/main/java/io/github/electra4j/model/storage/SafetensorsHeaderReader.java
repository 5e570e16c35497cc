package io.github.electra4j.model.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the text of a safetensors header, e.g. {@code
 * {"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}}. It trusts nothing: the text may come
 * from anywhere.
 */
final class SafetensorsHeaderReader implements AutoCloseable {
  /** ND4J's greatest number of axes. */
  private static final int MOST_AXES = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final Path file;
  private final JsonParser parser;

  private SafetensorsHeaderReader(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** Parses the header's text. */
  static SafetensorsHeader read(Path file, byte[] text) throws IOException {
    if (text.length < 2 || text[0] != '{' || text[1] == 0) {
      throw MalformedFileException.at(
          file,
          SafetensorsHeader.PREFIX,
          "a safetensors header starts with \"{\"; this is another format or a damaged file.");
    }
    try (SafetensorsHeaderReader reader =
        new SafetensorsHeaderReader(file, JSON.createParser(new ByteArrayInputStream(text)))) {
      return reader.header();
    } catch (JsonProcessingException e) {
      throw MalformedFileException.at(
          file,
          SafetensorsHeader.PREFIX + Math.max(0, e.getLocation().getByteOffset()),
          "the header is not valid JSON: %s. The file is damaged; get it again."
              .formatted(e.getOriginalMessage()),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private SafetensorsHeader header() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<SafetensorsEntry> entries = new ArrayList<>();
    expect(parser.nextToken(), JsonToken.START_OBJECT, "an object {…}");
    for (String name = nextField(); name != null; name = nextField()) {
      if (name.equals(SafetensorsHeader.METADATA)) {
        metadata(metadata);
      } else {
        entries.add(entry(name));
      }
    }
    if (parser.nextToken() != null) {
      throw wrong("only spaces may follow the header's last brace");
    }
    return new SafetensorsHeader(metadata, entries);
  }

  private void metadata(Map<String, String> metadata) throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "an object {…} of strings");
    for (String key = nextField(); key != null; key = nextField()) {
      expect(parser.nextToken(), JsonToken.VALUE_STRING, "a string");
      metadata.put(key, parser.getText());
    }
  }

  private SafetensorsEntry entry(String name) throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "the description {…} of a tensor");
    SafetensorsType type = null;
    long[] shape = null;
    long[] offsets = null;
    for (String key = nextField(); key != null; key = nextField()) {
      switch (key) {
        case "dtype" -> type = type(name);
        case "shape" -> shape = numbers(MOST_AXES);
        case "data_offsets" -> offsets = numbers(2);
        default ->
            throw wrong(
                "tensor %s has the key \"%s\"; only dtype, shape and data_offsets are known"
                    .formatted(name, key));
      }
    }
    if (type == null || shape == null || offsets == null || offsets.length != 2) {
      throw wrong("tensor %s needs dtype, shape and two data_offsets".formatted(name));
    }
    requireSize(name, type, shape, offsets);
    return new SafetensorsEntry(name, type, shape, offsets[0], offsets[1]);
  }

  private void requireSize(String name, SafetensorsType type, long[] shape, long[] offsets)
      throws MalformedFileException {
    long bytes = type.width();
    try {
      for (long axis : shape) {
        bytes = Math.multiplyExact(bytes, axis);
      }
    } catch (ArithmeticException e) {
      throw wrong("tensor %s has more bytes than can be counted".formatted(name));
    }
    if (offsets[0] > offsets[1] || offsets[1] - offsets[0] != bytes) {
      throw wrong(
          "tensor %s has the data_offsets %d and %d, but its shape and dtype ask for %d bytes"
              .formatted(name, offsets[0], offsets[1], bytes));
    }
  }

  private SafetensorsType type(String name) throws IOException {
    expect(parser.nextToken(), JsonToken.VALUE_STRING, "a string");
    String text = parser.getText();
    return SafetensorsType.named(text)
        .orElseThrow(
            () ->
                MalformedFileException.at(
                    file,
                    offset(),
                    "tensor %s has the dtype \"%s\"; those that can be read are %s. Convert the tensor first."
                        .formatted(name, text, SafetensorsType.names())));
  }

  private long[] numbers(int most) throws IOException {
    expect(parser.nextToken(), JsonToken.START_ARRAY, "a list […] of whole numbers");
    long[] numbers = new long[most];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, "a whole number");
      long number = parser.getLongValue();
      if (count == most || number < 0) {
        throw wrong(
            number < 0
                ? "the number %d is below 0".formatted(number)
                : "this list has more than %d numbers".formatted(most));
      }
      numbers[count++] = number;
    }
    return Arrays.copyOf(numbers, count);
  }

  /** The next key of the current object; null at its end. */
  private String nextField() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_OBJECT) {
      return null;
    }
    expect(token, JsonToken.FIELD_NAME, "a key");
    return parser.currentName();
  }

  private void expect(JsonToken found, JsonToken wanted, String what)
      throws MalformedFileException {
    if (found != wanted) {
      throw wrong("the header has %s where %s belongs".formatted(found, what));
    }
  }

  private MalformedFileException wrong(String problem) {
    return MalformedFileException.at(
        file, offset(), problem + ". The file is damaged; get it again.");
  }

  private long offset() {
    return SafetensorsHeader.PREFIX + Math.max(0, parser.currentLocation().getByteOffset());
  }
}
