package io.github.electra4j.adapters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.aggregator.ReRankingContentAggregator;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.CosineSimilarity;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.inference.PairScorer;
import io.github.electra4j.train.inference.Pooling;
import io.github.electra4j.train.inference.TextEmbedder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What LangChain4j makes of a model. */
class LangChain4jTest {
  private static final List<String> TEXTS = List.of("the red films", "a good blue film .", "bad");

  private static TextEmbedder embedder;
  private static PairScorer scorer;

  @BeforeAll
  static void open() throws IOException {
    LoadedModel model = TinyModel.read();
    embedder = Electra.embedder(model);
    scorer = Electra.pairScorer(model, TinyModel.HEAD, Optional.of("entailment"));
  }

  @AfterAll
  static void close() {
    embedder.close();
    scorer.close();
  }

  private static List<TextSegment> segments() {
    return TEXTS.stream().map(TextSegment::from).toList();
  }

  @Test
  void segmentsBecomeVectorsOfLengthOneInTheirOrder() {
    EmbeddingModel model = new LangChain4jEmbeddings(embedder);
    List<Embedding> all = model.embedAll(segments()).content();
    assertEquals(TEXTS.size(), all.size());
    for (int i = 0; i < all.size(); i++) {
      float[] own = embedder.embed(TEXTS.get(i));
      assertArrayEquals(TextEmbedder.normalised(own), all.get(i).vector(), 1e-6f);
      assertEquals(1, CosineSimilarity.between(all.get(i), Embedding.from(own)), 1e-6);
    }
    assertEquals(List.of(), model.embedAll(List.of()).content());
  }

  @Test
  void theOtherWaysOfAskingGiveTheSame() {
    EmbeddingModel model = new LangChain4jEmbeddings(embedder, Pooling.CLS);
    float[] expected =
        TextEmbedder.normalised(embedder.embed(List.of(TEXTS.get(1)), Pooling.CLS).get(0));
    assertArrayEquals(expected, model.embed(TEXTS.get(1)).content().vector(), 1e-6f);
    EmbeddingRequest request = EmbeddingRequest.builder().textSegments(segments()).build();
    assertArrayEquals(expected, model.embed(request).embeddings().get(1).vector(), 1e-6f);
    assertEquals(expected.length, model.dimension());
  }

  @Test
  void segmentsAreScoredInTheirOrder() {
    ScoringModel model = new LangChain4jScoring(scorer);
    List<Double> scores = model.scoreAll(segments(), "who").content();
    double[] expected =
        scorer.scores(TEXTS.stream().map(text -> new TextPair("who", text)).toList());
    assertEquals(TEXTS.size(), scores.size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], scores.get(i), 1e-9);
    }
    assertEquals(expected[2], model.score(TEXTS.get(2), "who").content(), 1e-6);
  }

  @Test
  void foundContentsAreReRanked() {
    ReRankingContentAggregator aggregator =
        new ReRankingContentAggregator(new LangChain4jScoring(scorer));
    Query query = Query.from("who");
    List<Content> found = TEXTS.stream().map(Content::from).toList();
    List<String> ranked =
        aggregator.aggregate(Map.of(query, List.of(found))).stream()
            .map(content -> content.textSegment().text())
            .toList();
    double[] scores = scorer.scores(TEXTS.stream().map(text -> new TextPair("who", text)).toList());
    List<String> expected = new ArrayList<>(TEXTS);
    expected.sort(Comparator.comparing(text -> -scores[TEXTS.indexOf(text)]));
    assertEquals(expected, ranked);
    assertTrue(scores[0] != scores[1] && scores[1] != scores[2]);
  }
}
