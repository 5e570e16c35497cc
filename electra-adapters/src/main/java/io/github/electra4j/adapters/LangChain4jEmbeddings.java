package io.github.electra4j.adapters;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import io.github.electra4j.train.inference.Pooling;
import io.github.electra4j.train.inference.TextEmbedder;
import java.util.List;

/**
 * A {@link TextEmbedder} as LangChain4j's embedding model. Vectors have the length 1, or are all 0
 * for a text without tokens. The embedder stays the caller's to close.
 */
public final class LangChain4jEmbeddings implements EmbeddingModel {
  private final TextEmbedder embedder;
  private final Pooling pooling;

  /** With the means of the tokens' vectors. */
  public LangChain4jEmbeddings(TextEmbedder embedder) {
    this(embedder, Pooling.MEAN);
  }

  /** With another way of making one vector out of those of the tokens. */
  public LangChain4jEmbeddings(TextEmbedder embedder, Pooling pooling) {
    this.embedder = embedder;
    this.pooling = pooling;
  }

  /** One vector per segment, in order. */
  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    List<String> texts = segments.stream().map(TextSegment::text).toList();
    return Response.from(
        embedder.embed(texts, pooling).stream()
            .map(vector -> Embedding.from(TextEmbedder.normalised(vector)))
            .toList());
  }

  /** Numbers per vector. */
  @Override
  public int dimension() {
    return embedder.vectorSize();
  }
}
