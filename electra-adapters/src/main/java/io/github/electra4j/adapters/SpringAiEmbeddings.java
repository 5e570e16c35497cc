package io.github.electra4j.adapters;

import io.github.electra4j.train.inference.Pooling;
import io.github.electra4j.train.inference.TextEmbedder;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * A {@link TextEmbedder} as Spring AI's embedding model. Vectors have the length 1, or are all 0
 * for a text without tokens. Options of a request are not looked at: there is one model, and its
 * vectors have one size. The embedder stays the caller's to close.
 */
public final class SpringAiEmbeddings implements EmbeddingModel {
  private final TextEmbedder embedder;
  private final Pooling pooling;

  /** With the means of the tokens' vectors. */
  public SpringAiEmbeddings(TextEmbedder embedder) {
    this(embedder, Pooling.MEAN);
  }

  /** With another way of making one vector out of those of the tokens. */
  public SpringAiEmbeddings(TextEmbedder embedder, Pooling pooling) {
    this.embedder = embedder;
    this.pooling = pooling;
  }

  /** One vector per text, in order, with its index. */
  @Override
  public EmbeddingResponse call(EmbeddingRequest request) {
    List<float[]> vectors = embedder.embed(request.getInstructions(), pooling);
    List<Embedding> embeddings = new ArrayList<>();
    for (float[] vector : vectors) {
      embeddings.add(new Embedding(TextEmbedder.normalised(vector), embeddings.size()));
    }
    return new EmbeddingResponse(embeddings);
  }

  /** The vector of a document's text. */
  @Override
  public float[] embed(Document document) {
    return embed(SpringAiReranking.text(document));
  }

  /** Numbers per vector. */
  @Override
  public int dimensions() {
    return embedder.vectorSize();
  }
}
