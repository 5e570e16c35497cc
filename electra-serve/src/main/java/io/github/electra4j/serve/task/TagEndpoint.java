package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.serve.batch.InvalidInputException;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.inference.UnreadableTextException;
import io.github.electra4j.train.inference.WordTagger;
import java.util.List;

/** Labels for the words of texts. */
final class TagEndpoint implements Endpoint<String, List<WordTagger.Word>> {
  private final WordTagger tagger;
  private final ElectraTokenizer tokenizer;

  TagEndpoint(WordTagger tagger, ElectraTokenizer tokenizer) {
    this.tagger = tagger;
    this.tokenizer = tokenizer;
  }

  @Override
  public List<Weighed<String>> read(JsonNode body, RequestLimits limits)
      throws InvalidRequestException {
    return TextRequest.weighed(body, limits, tokenizer);
  }

  @Override
  public List<List<WordTagger.Word>> compute(List<String> inputs) {
    try {
      return tagger.tagTexts(inputs);
    } catch (UnreadableTextException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  @Override
  public JsonNode write(String input, List<WordTagger.Word> output) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode words = node.putArray("words");
    for (WordTagger.Word word : output) {
      words
          .addObject()
          .put("text", word.text())
          .put("start", word.start())
          .put("end", word.end())
          .put("tag", word.tag())
          .put("probability", word.probability());
    }
    return node;
  }

  @Override
  public void close() {
    tagger.close();
  }
}
