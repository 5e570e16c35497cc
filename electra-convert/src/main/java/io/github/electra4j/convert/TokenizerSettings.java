package io.github.electra4j.convert;

import io.github.electra4j.convert.huggingface.TextFiles;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.storage.MalformedFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What HuggingFace's files beside a model say about the way from text to pieces: {@code
 * tokenizer_config.json}, and where it is silent {@code tokenizer.json}.
 *
 * @param lowerCase whether text is lower-cased; empty if no file says it
 * @param stripAccents whether accents are removed; empty if no file says it
 * @param caseFrom name of the file that says whether text is lower-cased
 * @param deviations settings with which text gives other ids than ELECTRA's tokenizer, as {@code
 *     file: key is value}
 */
record TokenizerSettings(
    Optional<Boolean> lowerCase,
    Optional<Boolean> stripAccents,
    Optional<String> caseFrom,
    List<String> deviations) {
  private static final long MAX_SIZE = 64L << 20;

  /** Classes that compute what ELECTRA's does, or what {@code tokenizer.json} says. */
  private static final Set<String> CLASSES =
      Set.of(
          "ElectraTokenizer",
          "BertTokenizer",
          "DistilBertTokenizer",
          "MobileBertTokenizer",
          "ConvBertTokenizer",
          "PreTrainedTokenizer");

  /** Copies the list. */
  TokenizerSettings {
    deviations = List.copyOf(deviations);
  }

  /**
   * Reads what is there.
   *
   * @param config {@code tokenizer_config.json}
   * @param whole {@code tokenizer.json}
   */
  static TokenizerSettings read(Optional<Path> config, Optional<Path> whole) throws IOException {
    Reading reading = new Reading();
    if (config.isPresent()) {
      reading.config(ReferenceFile.parse(config.get()));
    }
    if (whole.isPresent()) {
      reading.whole(parse(whole.get()));
    }
    return new TokenizerSettings(
        reading.lowerCase, reading.stripAccents, reading.caseFrom, reading.deviations);
  }

  private static JsonFields parse(Path file) throws IOException {
    if (Files.size(file) > MAX_SIZE) {
      throw MalformedFileException.in(
          file,
          "a tokenizer of more than %d bytes is not plausible. Give the right file."
              .formatted(MAX_SIZE));
    }
    try {
      return JsonFields.parse(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw MalformedFileException.in(file, "this is not UTF-8 text. Get the file again.", e);
    }
  }

  private static final class Reading {
    private final List<String> deviations = new ArrayList<>();
    private Optional<Boolean> lowerCase = Optional.empty();
    private Optional<Boolean> stripAccents = Optional.empty();
    private Optional<String> caseFrom = Optional.empty();

    /** The flags have the defaults of Python's tokenizer. */
    void config(JsonFields fields) throws MalformedFileException {
      takeCase(fields, "do_lower_case", "strip_accents", TextFiles.CONFIG);
      String kind = fields.text("tokenizer_class", "ElectraTokenizer");
      if (!CLASSES.contains(kind.replaceFirst("Fast$", ""))) {
        deviation(TextFiles.CONFIG, "tokenizer_class", kind);
      }
      requireTrue(fields, TextFiles.CONFIG, "tokenize_chinese_chars");
      requireTrue(fields, TextFiles.CONFIG, "do_basic_tokenize");
      requireText(fields, TextFiles.CONFIG, "word_tokenizer_type", "basic", "basic");
      requireText(fields, TextFiles.CONFIG, "subword_tokenizer_type", "wordpiece", "wordpiece");
    }

    void whole(JsonFields fields) throws MalformedFileException {
      String file = TextFiles.TOKENIZER;
      Optional<JsonFields> normalizer = fields.child("normalizer");
      if (normalizer.isPresent() && is(normalizer.get(), "BertNormalizer")) {
        takeCase(normalizer.get(), "lowercase", "strip_accents", file);
        requireTrue(normalizer.get(), file, "handle_chinese_chars");
        requireTrue(normalizer.get(), file, "clean_text");
      } else {
        deviation(file, "normalizer.type", kind(normalizer));
      }
      Optional<JsonFields> words = fields.child("pre_tokenizer");
      if (words.isEmpty() || !is(words.get(), "BertPreTokenizer")) {
        deviation(file, "pre_tokenizer.type", kind(words));
      }
      Optional<JsonFields> model = fields.child("model");
      if (model.isPresent()) {
        requireText(model.get(), file, "type", "WordPiece", "WordPiece");
      }
    }

    private void takeCase(JsonFields fields, String lower, String accents, String file)
        throws MalformedFileException {
      if (lowerCase.isEmpty() && fields.has(lower)) {
        lowerCase = Optional.of(fields.flag(lower));
        caseFrom = Optional.of(file);
      }
      if (stripAccents.isEmpty() && fields.has(accents)) {
        stripAccents = Optional.of(fields.flag(accents));
      }
    }

    private static boolean is(JsonFields part, String kind) throws MalformedFileException {
      return part.text("type", "").equals(kind);
    }

    private static String kind(Optional<JsonFields> part) throws MalformedFileException {
      return part.isPresent() ? part.get().text("type", "none") : "none";
    }

    private void requireTrue(JsonFields fields, String file, String key)
        throws MalformedFileException {
      if (!fields.flag(key, true)) {
        deviation(file, key, "false");
      }
    }

    private void requireText(
        JsonFields fields, String file, String key, String otherwise, String wanted)
        throws MalformedFileException {
      String value = fields.text(key, otherwise);
      if (!value.equals(wanted)) {
        deviation(file, key, value);
      }
    }

    private void deviation(String file, String key, String value) {
      deviations.add("%s: %s is %s".formatted(file, key, value));
    }
  }
}
