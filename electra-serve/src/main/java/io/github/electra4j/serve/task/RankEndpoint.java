package io.github.electra4j.serve.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.electra4j.serve.batch.Weighed;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.inference.PairScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How well each of several documents fits a query, by whatever head judges pairs. */
final class RankEndpoint implements Endpoint<TextPair, Double> {
  private static final String QUERY = "query";
  private static final String DOCUMENTS = "documents";

  private final PairScorer scorer;
  private final ElectraTokenizer tokenizer;

  RankEndpoint(PairScorer scorer, ElectraTokenizer tokenizer) {
    this.scorer = scorer;
    this.tokenizer = tokenizer;
  }

  @Override
  public List<Weighed<TextPair>> read(JsonNode body, RequestLimits limits)
      throws InvalidRequestException {
    RequestFields fields = RequestFields.of(body, "", List.of(QUERY, DOCUMENTS));
    String query = fields.text(QUERY);
    int tokens = TextRequest.tokens(tokenizer, query);
    List<Weighed<TextPair>> pairs = new ArrayList<>();
    for (RequestFields.Element element : fields.list(DOCUMENTS, limits.texts())) {
      String document = RequestFields.text(element.node(), element.path());
      int more = tokenizer.ids(document).length + 1;
      pairs.add(new Weighed<>(new TextPair(query, document), tokens + more));
    }
    return pairs;
  }

  @Override
  public List<Double> compute(List<TextPair> inputs) {
    return Arrays.stream(scorer.scores(inputs)).boxed().toList();
  }

  @Override
  public JsonNode write(TextPair input, Double output) {
    return JsonNodeFactory.instance.objectNode().put("score", output);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
