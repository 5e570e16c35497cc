package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import java.util.ArrayList;
import java.util.List;

/** A request with {@code text} or {@code texts}, and perhaps fields that hold for all of them. */
final class TextRequest {
  static final String ONE = "text";
  static final String MANY = "texts";

  /** {@code [CLS]} and {@code [SEP]}. */
  private static final int SPECIAL_TOKENS = 2;

  private TextRequest() {}

  /**
   * The fields of a request's body.
   *
   * @param more the fields besides {@code text} and {@code texts}
   */
  static RequestFields fields(JsonNode body, String... more) throws InvalidRequestException {
    List<String> known = new ArrayList<>(List.of(ONE, MANY));
    known.addAll(List.of(more));
    RequestFields fields = RequestFields.of(body, "", known);
    requireOneOf(fields, ONE, MANY);
    return fields;
  }

  /** Refuses a request with both or none of two fields. */
  static void requireOneOf(RequestFields fields, String one, String many)
      throws InvalidRequestException {
    if (fields.has(one) == fields.has(many)) {
      throw fields.has(one)
          ? InvalidRequestException.of(
              "conflicting_fields", many, "Give %s or %s, not both.".formatted(one, many))
          : InvalidRequestException.of(
              "missing_field", one, "Give %s, or several as %s.".formatted(one, many));
    }
  }

  /** The texts. */
  static List<String> texts(RequestFields fields, RequestLimits limits)
      throws InvalidRequestException {
    if (fields.has(ONE)) {
      return List.of(fields.text(ONE));
    }
    List<String> texts = new ArrayList<>();
    for (RequestFields.Element element : fields.list(MANY, limits.texts())) {
      texts.add(RequestFields.text(element.node(), element.path()));
    }
    return texts;
  }

  /** The texts of a request that has no other fields, each with its number of tokens. */
  static List<Weighed<String>> weighed(
      JsonNode body, RequestLimits limits, ElectraTokenizer tokenizer)
      throws InvalidRequestException {
    List<Weighed<String>> inputs = new ArrayList<>();
    for (String text : texts(fields(body), limits)) {
      inputs.add(new Weighed<>(text, tokens(tokenizer, text)));
    }
    return inputs;
  }

  /** Tokens that are read for a text. */
  static int tokens(ElectraTokenizer tokenizer, String text) {
    return tokenizer.ids(text).length + SPECIAL_TOKENS;
  }
}
