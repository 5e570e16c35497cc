package io.github.electra4j.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.testkit.SharedFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A file of {@code golden/tokenizer}: texts with the tokens that three implementations made. */
record GoldenTokens(Path file, Vocabulary vocabulary, List<JsonNode> cases) {

  /** Every file that is there. */
  static List<GoldenTokens> all() throws IOException {
    try (Stream<Path> files = Files.list(SharedFolders.golden("tokenizer"))) {
      List<GoldenTokens> all = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        all.add(read(file));
      }
      if (all.isEmpty()) {
        throw new AssertionError("golden/tokenizer holds no .json file");
      }
      return all;
    }
  }

  private static GoldenTokens read(Path file) throws IOException {
    JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(file));
    Path vocabulary = Path.of(root.path("vocab").asText()).getFileName();
    return new GoldenTokens(
        file,
        Vocabulary.read(SharedFolders.data("vocab").resolve(vocabulary)),
        StreamSupport.stream(root.path("cases").spliterator(), false).toList());
  }

  static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(node -> strings.add(node.asText()));
    return strings;
  }

  static int[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  static String text(JsonNode golden) {
    return golden.path("text").asText();
  }

  static String name(JsonNode golden) {
    return golden.path("name").asText();
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
