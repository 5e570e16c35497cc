package io.github.electra4j.adapters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.train.inference.Electra;
import io.github.electra4j.train.inference.LoadedModel;
import io.github.electra4j.train.inference.PairScorer;
import io.github.electra4j.train.inference.Pooling;
import io.github.electra4j.train.inference.TextEmbedder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.ai.content.Media;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.rag.Query;
import org.springframework.ai.rag.postretrieval.document.DocumentPostProcessor;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.SimpleVectorStore;

/** What Spring AI makes of a model. */
class SpringAiTest {
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

  private static List<Document> documents() {
    return TEXTS.stream().map(text -> new Document(text, text, Map.of("from", "test"))).toList();
  }

  @Test
  void textsBecomeVectorsOfLengthOneInTheirOrder() {
    EmbeddingModel model = new SpringAiEmbeddings(embedder);
    EmbeddingResponse response = model.embedForResponse(TEXTS);
    for (int i = 0; i < TEXTS.size(); i++) {
      float[] expected = TextEmbedder.normalised(embedder.embed(TEXTS.get(i)));
      assertArrayEquals(expected, response.getResults().get(i).getOutput(), 1e-6f);
      assertEquals(i, response.getResults().get(i).getIndex());
      assertArrayEquals(expected, model.embed(TEXTS.get(i)), 1e-6f);
      assertArrayEquals(expected, model.embed(documents().get(i)), 1e-6f);
    }
    assertEquals(embedder.vectorSize(), model.dimensions());
    float[] first = new SpringAiEmbeddings(embedder, Pooling.CLS).embed(TEXTS.get(0));
    assertTrue(TextEmbedder.cosine(first, model.embed(TEXTS.get(0))) < 0.9999);
  }

  @Test
  void aVectorStoreFindsWhatWasPutThere() {
    SimpleVectorStore store = SimpleVectorStore.builder(new SpringAiEmbeddings(embedder)).build();
    store.add(documents());
    SearchRequest request = SearchRequest.builder().query(TEXTS.get(1)).topK(1).build();
    List<Document> found = store.similaritySearch(request);
    assertEquals(TEXTS.get(1), found.get(0).getText());
    assertEquals(1, found.get(0).getScore(), 1e-5);
  }

  @Test
  void documentsComeBestFirstWithTheirScores() {
    DocumentPostProcessor all = new SpringAiReranking(scorer);
    List<Document> ranked = all.process(new Query("who"), documents());
    assertEquals(TEXTS.size(), ranked.size());
    for (int i = 1; i < ranked.size(); i++) {
      assertTrue(ranked.get(i - 1).getScore() > ranked.get(i).getScore());
    }
    assertEquals("test", ranked.get(0).getMetadata().get("from"));
    assertEquals(ranked.get(0).getText(), ranked.get(0).getId());
    List<Document> best = new SpringAiReranking(scorer, 1).process(new Query("who"), documents());
    assertEquals(List.of(ranked.get(0).getId()), best.stream().map(Document::getId).toList());
    assertEquals(List.of(), all.process(new Query("who"), List.of()));
  }

  @Test
  void whatHasNoTextIsRefused() {
    Document picture =
        new Document(
            Media.builder().mimeType(Media.Format.IMAGE_PNG).data(new byte[] {1}).build(),
            Map.of());
    SpringAiReranking all = new SpringAiReranking(scorer);
    List<Document> one = List.of(picture);
    Query query = new Query("who");
    String message =
        assertThrows(IllegalArgumentException.class, () -> all.process(query, one)).getMessage();
    assertTrue(message.contains(picture.getId()), message);
    assertThrows(IllegalArgumentException.class, () -> new SpringAiReranking(scorer, 0));
  }
}
