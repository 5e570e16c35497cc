package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.inference.TextRegressor;
import java.util.Arrays;
import java.util.List;

/** Numbers for texts and pairs of texts. */
final class RegressEndpoint implements Endpoint<TextPair, Double> {
  private final TextRegressor regressor;
  private final PairRequest request;

  RegressEndpoint(TextRegressor regressor, PairRequest request) {
    this.regressor = regressor;
    this.request = request;
  }

  @Override
  public List<Weighed<TextPair>> read(JsonNode body, RequestLimits limits)
      throws InvalidRequestException {
    return request.read(body, limits);
  }

  @Override
  public List<Double> compute(List<TextPair> inputs) {
    return Arrays.stream(regressor.values(inputs)).boxed().toList();
  }

  @Override
  public JsonNode write(TextPair input, Double output) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("value", output)
        .put("minimum", regressor.minimum())
        .put("maximum", regressor.maximum());
  }

  @Override
  public void close() {
    regressor.close();
  }
}
