package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.inference.ReplacementDetector;
import java.util.List;

/** Which tokens of texts were replaced. */
final class DetectEndpoint implements Endpoint<String, List<ReplacementDetector.Token>> {
  private final ReplacementDetector detector;
  private final ElectraTokenizer tokenizer;

  DetectEndpoint(ReplacementDetector detector, ElectraTokenizer tokenizer) {
    this.detector = detector;
    this.tokenizer = tokenizer;
  }

  @Override
  public List<Weighed<String>> read(JsonNode body, RequestLimits limits)
      throws InvalidRequestException {
    return TextRequest.weighed(body, limits, tokenizer);
  }

  @Override
  public List<List<ReplacementDetector.Token>> compute(List<String> inputs) {
    return detector.detect(inputs);
  }

  @Override
  public JsonNode write(String input, List<ReplacementDetector.Token> output) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode tokens = node.putArray("tokens");
    for (ReplacementDetector.Token token : output) {
      tokens
          .addObject()
          .put("token", token.piece())
          .put("start", token.start())
          .put("end", token.end())
          .put("replaced", token.replaced());
    }
    return node;
  }

  @Override
  public void close() {
    detector.close();
  }
}
