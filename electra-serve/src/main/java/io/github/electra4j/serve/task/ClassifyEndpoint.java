package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.inference.TextClassifier;
import java.util.List;

/** Labels for texts and pairs of texts. */
final class ClassifyEndpoint implements Endpoint<TextPair, TextClassifier.Decision> {
  private final TextClassifier classifier;
  private final PairRequest request;

  ClassifyEndpoint(TextClassifier classifier, PairRequest request) {
    this.classifier = classifier;
    this.request = request;
  }

  /** The labels that can be given. */
  List<String> labels() {
    return classifier.labels();
  }

  @Override
  public List<Weighed<TextPair>> read(JsonNode body, RequestLimits limits)
      throws InvalidRequestException {
    return request.read(body, limits);
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
