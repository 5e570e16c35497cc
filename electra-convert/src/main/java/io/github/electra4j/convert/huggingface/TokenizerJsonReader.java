package io.github.electra4j.convert.huggingface;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vocabulary and the settings inside a {@code tokenizer.json}. */
public final class TokenizerJsonReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_SIZE = 64L << 20;

  private final Path file;
  private final JsonNode root;

  private TokenizerJsonReader(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads a file.
   *
   * @throws MalformedFileException if it is not the tokenizer of a model of BERT's or ELECTRA's
   *     kind, or its ids are not those of lines
   */
  public static TextSettings read(Path file) throws IOException {
    if (Files.size(file) > MAX_SIZE) {
      throw MalformedFileException.in(
          file,
          "a tokenizer of more than %d bytes is not plausible. Give the right file."
              .formatted(MAX_SIZE));
    }
    try {
      // decoded here: Jackson would take it for UTF-32 if it begins like that
      return new TokenizerJsonReader(file, JSON.readTree(Files.readString(file))).read();
    } catch (CharacterCodingException e) {
      throw MalformedFileException.in(file, "this is not UTF-8 text. Get the file again.", e);
    } catch (JsonProcessingException e) {
      throw MalformedFileException.in(
          file,
          "this is not valid JSON: %s. Get the file again.".formatted(e.getOriginalMessage()),
          e);
    }
  }

  private TextSettings read() throws MalformedFileException {
    JsonNode model = root.path("model");
    require("model.type", model.path("type").asText("WordPiece"), "WordPiece");
    require("model.unk_token", model.path("unk_token").asText("[UNK]"), "[UNK]");
    require(
        "model.continuing_subword_prefix",
        model.path("continuing_subword_prefix").asText("##"),
        "##");
    JsonNode normalizer = root.path("normalizer");
    require("normalizer.type", normalizer.path("type").asText("none"), "BertNormalizer");
    JsonNode accents = normalizer.path("strip_accents");
    return new TextSettings(
        vocabulary(model.path("vocab")),
        normalizer.path("lowercase").asBoolean(true),
        accents.isBoolean() ? Optional.of(accents.booleanValue()) : Optional.empty());
  }

  private void require(String key, String value, String wanted) throws MalformedFileException {
    if (!value.equals(wanted)) {
      throw MalformedFileException.in(
          file,
          "%s is %s, but ELECTRA's is %s; this tokenizer belongs to another kind of model."
              .formatted(key, value, wanted));
    }
  }

  /** The pieces as lines, in the order of their ids. */
  private byte[] vocabulary(JsonNode ids) throws MalformedFileException {
    List<JsonNode> added = new ArrayList<>();
    root.path("added_tokens").forEach(added::add);
    String[] pieces = new String[ids.size() + added.size()];
    for (Map.Entry<String, JsonNode> entry : ids.properties()) {
      put(pieces, entry.getKey(), entry.getValue());
    }
    for (JsonNode token : added) {
      put(pieces, token.path("content").asText(), token.path("id"));
    }
    int count = 0;
    while (count < pieces.length && pieces[count] != null) {
      count++;
    }
    for (int id = count; id < pieces.length; id++) {
      if (pieces[id] != null) {
        throw MalformedFileException.in(
            file, "there is no piece with the id %d, but one with %d.".formatted(count, id));
      }
    }
    if (count == 0) {
      throw MalformedFileException.in(file, "there are no pieces in model.vocab.");
    }
    StringBuilder lines = new StringBuilder();
    for (int id = 0; id < count; id++) {
      lines.append(pieces[id]).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void put(String[] pieces, String piece, JsonNode id) throws MalformedFileException {
    int index = id.isInt() ? id.intValue() : -1;
    if (index < 0 || index >= pieces.length) {
      throw MalformedFileException.in(
          file, "the piece \"%s\" has the id %s; ids count from 0.".formatted(piece, id));
    }
    if (piece.indexOf('\n') >= 0 || piece.indexOf('\r') >= 0) {
      throw MalformedFileException.in(
          file, "the piece with the id %d has a line break in it.".formatted(index));
    }
    if (pieces[index] != null && !pieces[index].equals(piece)) {
      throw MalformedFileException.in(
          file, "\"%s\" and \"%s\" both have the id %d.".formatted(pieces[index], piece, index));
    }
    pieces[index] = piece;
  }
}
