package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.inference.TextClassifier;
import java.util.ArrayList;
import java.util.List;

/** Labels for texts and pairs of texts. */
final class ClassifyEndpoint implements Endpoint<TextPair, TextClassifier.Decision> {
  private static final String PAIR = "pair";

  private final TextClassifier classifier;
  private final ElectraTokenizer tokenizer;

  ClassifyEndpoint(TextClassifier classifier, ElectraTokenizer tokenizer) {
    this.classifier = classifier;
    this.tokenizer = tokenizer;
  }

  /** The labels that can be given. */
  List<String> labels() {
    return classifier.labels();
  }

  @Override
  public List<Weighed<TextPair>> read(JsonNode body, RequestLimits limits)
      throws InvalidRequestException {
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

  @Override
  public List<TextClassifier.Decision> compute(List<TextPair> inputs) {
    return classifier.classify(inputs);
  }

  @Override
  public JsonNode write(TextPair input, TextClassifier.Decision output) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("label", output.label());
    ObjectNode probabilities = node.putObject("probabilities");
    output.probabilities().forEach(probabilities::put);
    return node;
  }

  @Override
  public void close() {
    classifier.close();
  }
}
