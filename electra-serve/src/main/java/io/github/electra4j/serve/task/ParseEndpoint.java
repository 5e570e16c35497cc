package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.serve.batch.InvalidInputException;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.inference.TextSpan;
import io.github.electra4j.train.inference.UnreadableTextException;
import io.github.electra4j.train.inference.UtteranceParser;
import java.util.List;

/** What utterances want, and the slots that say it in detail. */
final class ParseEndpoint implements Endpoint<String, UtteranceParser.Utterance> {
  private final UtteranceParser parser;
  private final ElectraTokenizer tokenizer;

  ParseEndpoint(UtteranceParser parser, ElectraTokenizer tokenizer) {
    this.parser = parser;
    this.tokenizer = tokenizer;
  }

  @Override
  public List<Weighed<String>> read(JsonNode body, RequestLimits limits)
      throws InvalidRequestException {
    return TextRequest.weighed(body, limits, tokenizer);
  }

  @Override
  public List<UtteranceParser.Utterance> compute(List<String> inputs) {
    try {
      return parser.parse(inputs);
    } catch (UnreadableTextException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  @Override
  public JsonNode write(String input, UtteranceParser.Utterance output) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("intent", output.intent());
    ObjectNode probabilities = node.putObject("probabilities");
    output.probabilities().forEach(probabilities::put);
    ArrayNode slots = node.putArray("slots");
    for (TextSpan slot : output.slots()) {
      slots
          .addObject()
          .put("type", slot.type())
          .put("text", slot.text())
          .put("start", slot.start())
          .put("end", slot.end())
          .put("probability", slot.probability());
    }
    return node;
  }

  @Override
  public void close() {
    parser.close();
  }
}
