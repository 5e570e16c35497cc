package io.github.electra4j.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.storage.MalformedFileException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JsonFieldsTest {
  private static final String JSON =
      """
      {"size": 3, "rate": 0.5, "on": true, "name": "x", "none": null, "huge": 3000000000,
       "inner": {"size": 0}, "words": ["a", "b"], "mixed": ["a", 1], "parts": [{"size": 1}, {}]}
      """;

  private final JsonFields fields = parsed(JSON);

  @Test
  void valuesAreReadByType() throws MalformedFileException {
    assertEquals(3, fields.positiveInt("size"));
    assertEquals(3.0, fields.number("size"));
    assertEquals(0.5, fields.number("rate"));
    assertTrue(fields.flag("on"));
    assertEquals("x", fields.text("name"));
    assertEquals(List.of("a", "b"), fields.texts("words"));
    assertEquals(1, fields.children("parts").get(0).positiveInt("size"));
    assertEquals("file.json", fields.source());
  }

  @Test
  void absentAndNullHaveTheDefault() throws MalformedFileException {
    assertEquals(7, fields.positiveInt("none", 7));
    assertEquals(7, fields.number("absent", 7));
    assertTrue(fields.flag("absent", true));
    assertEquals("y", fields.text("none", "y"));
    assertTrue(fields.child("absent").isEmpty());
    assertFalse(fields.has("none"));
  }

  @Test
  void everyMistakeNamesFileKeyAndValue() {
    refuses(() -> fields.positiveInt("absent"), "key \"absent\" is missing. Add it.");
    refuses(() -> fields.positiveInt("rate"), "key \"rate\" is 0.5; it must be a whole number");
    refuses(() -> fields.positiveInt("huge"), "key \"huge\" is 3000000000; it must be a whole");
    refuses(() -> fields.positiveInt("none"), "key \"none\" is null");
    refuses(
        () -> fields.child("inner").orElseThrow().positiveInt("size"),
        "key \"inner.size\" is 0; it must be a whole number of at least 1");
    refuses(() -> fields.number("name"), "key \"name\" is \"x\"; it must be a number");
    refuses(() -> fields.flag("size"), "key \"size\" is 3; it must be true or false");
    refuses(() -> fields.text("size"), "key \"size\" is 3; it must be a string");
    refuses(() -> fields.child("size"), "key \"size\" is 3; it must be an object");
    refuses(() -> fields.texts("size"), "key \"size\" is 3; it must be a list");
    refuses(() -> fields.texts("mixed"), "it must be a list of strings");
    refuses(() -> fields.children("words"), "it must be a list of objects");
    refuses(
        () -> fields.children("parts").get(1).positiveInt("size"),
        "key \"parts[1].size\" is missing");
    refuses(
        () -> fields.requireKnown(List.of("sizes", "other")),
        "unknown key \"size\"; the nearest known key is \"sizes\"");
  }

  @Test
  void brokenJsonIsLocated() {
    refuses(() -> JsonFields.parse("file.json", "{\n \"a\": }"), "line 2 column");
    refuses(() -> JsonFields.parse("file.json", "{\"a\":1,\"a\":2}"), "Duplicate field 'a'");
    refuses(() -> JsonFields.parse("file.json", "{} {}"), "not valid JSON");
    refuses(() -> JsonFields.parse("file.json", "[1]"), "a JSON object {…} was expected");
    refuses(() -> JsonFields.parse("file.json", ""), "a JSON object {…} was expected");
  }

  private static void refuses(Executable reading, String expected) {
    String message = assertThrows(MalformedFileException.class, reading).getMessage();
    assertTrue(message.startsWith("file.json: "), message);
    assertTrue(message.contains(expected), message);
  }

  private static JsonFields parsed(String json) {
    try {
      return JsonFields.parse("file.json", json);
    } catch (MalformedFileException e) {
      throw new AssertionError(e);
    }
  }
}
