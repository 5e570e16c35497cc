package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TextPair;
import java.util.ArrayList;
import java.util.List;

/** A request with {@code text} and perhaps {@code pair}, or {@code texts} of both forms. */
final class PairRequest {
  private static final String PAIR = "pair";

  private final ElectraTokenizer tokenizer;

  PairRequest(ElectraTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The pairs; the second text of one is empty if there is none. */
  List<Weighed<TextPair>> read(JsonNode body, RequestLimits limits) throws InvalidRequestException {
    RequestFields fields = TextRequest.fields(body, PAIR);
    if (fields.has(TextRequest.ONE)) {
      return List.of(pair(fields));
    }
    if (fields.has(PAIR)) {
      throw InvalidRequestException.of(
          "conflicting_fields",
          PAIR,
          "pair belongs to text; give the elements of texts as {\"text\": ..., \"pair\": ...}.");
    }
    List<Weighed<TextPair>> pairs = new ArrayList<>();
    for (RequestFields.Element element : fields.list(TextRequest.MANY, limits.texts())) {
      pairs.add(
          element.node().isObject()
              ? pair(
                  RequestFields.of(element.node(), element.path(), List.of(TextRequest.ONE, PAIR)))
              : weighed(RequestFields.text(element.node(), element.path()), ""));
    }
    return pairs;
  }

  private Weighed<TextPair> pair(RequestFields fields) throws InvalidRequestException {
    return weighed(fields.text(TextRequest.ONE), fields.optionalText(PAIR));
  }

  private Weighed<TextPair> weighed(String first, String second) {
    int more = second.isEmpty() ? 0 : tokenizer.ids(second).length + 1;
    return new Weighed<>(new TextPair(first, second), TextRequest.tokens(tokenizer, first) + more);
  }
}
