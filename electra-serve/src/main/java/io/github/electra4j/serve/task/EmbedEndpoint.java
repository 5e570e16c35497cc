package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.inference.TextEmbedder;
import java.util.ArrayList;
import java.util.List;

/** Texts as vectors. */
final class EmbedEndpoint implements Endpoint<EmbedEndpoint.Wanted, float[]> {
  private static final String NORMALIZE = "normalize";

  private final TextEmbedder embedder;
  private final ElectraTokenizer tokenizer;

  EmbedEndpoint(TextEmbedder embedder, ElectraTokenizer tokenizer) {
    this.embedder = embedder;
    this.tokenizer = tokenizer;
  }

  /** A text, and whether its vector shall have the length 1. */
  record Wanted(String text, boolean normalized) {}

  @Override
  public List<Weighed<Wanted>> read(JsonNode body, RequestLimits limits)
      throws InvalidRequestException {
    RequestFields fields = TextRequest.fields(body, NORMALIZE);
    boolean normalized = fields.flag(NORMALIZE);
    List<Weighed<Wanted>> inputs = new ArrayList<>();
    for (String text : TextRequest.texts(fields, limits)) {
      inputs.add(new Weighed<>(new Wanted(text, normalized), TextRequest.tokens(tokenizer, text)));
    }
    return inputs;
  }

  @Override
  public List<float[]> compute(List<Wanted> inputs) {
    return embedder.embed(inputs.stream().map(Wanted::text).toList());
  }

  @Override
  public JsonNode write(Wanted input, float[] output) {
    double square = 0;
    for (float value : output) {
      square += (double) value * value;
    }
    double length = input.normalized() && square > 0 ? Math.sqrt(square) : 1;
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode vector = node.putArray("vector");
    for (float value : output) {
      vector.add((float) (value / length));
    }
    return node;
  }

  @Override
  public void close() {
    embedder.close();
  }
}
