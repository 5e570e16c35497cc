package io.github.electra4j.train.inference;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.train.graph.VectorGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Texts as vectors, made of those of the last layer; of a long text of all its windows. A model
 * that was only pre-trained has learnt to find replaced tokens and not to compare texts: its
 * vectors are a weak measure of similarity, far behind those of models that were trained for it.
 * Made by {@link Electra#embedder}.
 */
public final class TextEmbedder implements AutoCloseable {
  private final TextWindows windows;
  private final VectorGraph graph;
  private final int maxTokens;

  TextEmbedder(LoadedModel loaded) {
    ElectraTokenizer tokenizer = loaded.tokenizer();
    this.maxTokens = loaded.maxTokens();
    this.windows = new TextWindows(tokenizer, maxTokens);
    this.graph = new VectorGraph(loaded.checkpoint().config(), loaded.checkpoint().weights());
  }

  private record Window(int text, Encoding tokens) {}

  /** Numbers per vector: the model's hidden size. */
  public int vectorSize() {
    return graph.width();
  }

  /** The vector of a text, as wide as the model's hidden size. */
  public float[] embed(String text) {
    return embed(List.of(text)).get(0);
  }

  /** The means of many texts, in order; all 0 for a text without tokens. */
  public List<float[]> embed(List<String> texts) {
    return embed(texts, Pooling.MEAN);
  }

  /** The vectors of many texts, in order; all 0 where no token counts. */
  public List<float[]> embed(List<String> texts, Pooling pooling) {
    List<Window> all = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      for (Encoding window : windows.of(texts.get(text))) {
        all.add(new Window(text, window));
      }
    }
    all.sort(Comparator.comparingInt(window -> window.tokens().length()));
    double[][] gathered = new double[texts.size()][graph.width()];
    int[] counts = new int[texts.size()];
    for (int from = 0; from < all.size(); from += LoadedModel.BATCH_SIZE) {
      int to = Math.min(from + LoadedModel.BATCH_SIZE, all.size());
      add(all.subList(from, to), pooling, gathered, counts);
    }
    List<float[]> vectors = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      float[] vector = new float[graph.width()];
      for (int i = 0; i < vector.length && counts[text] > 0; i++) {
        vector[i] = (float) pooling.result(gathered[text][i], counts[text]);
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private void add(List<Window> batch, Pooling pooling, double[][] gathered, int[] counts) {
    List<int[]> ids = batch.stream().map(window -> window.tokens().ids()).toList();
    float[][][] vectors = graph.run(ids, maxTokens); // [batch, tokens, hidden]
    for (int i = 0; i < batch.size(); i++) {
      int text = batch.get(i).text();
      for (int t = pooling.first(); t < pooling.end(ids.get(i).length); t++) {
        for (int h = 0; h < graph.width(); h++) {
          gathered[text][h] =
              pooling.gather(gathered[text][h], vectors[i][t][h], counts[text] == 0);
        }
        counts[text]++;
      }
    }
  }

  /**
   * The vector divided by its length, so that the inner product of two is their cosine; unchanged
   * if it is all 0.
   */
  public static float[] normalised(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = squares > 0 ? Math.sqrt(squares) : 1;
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  /** The cosine of the angle between two vectors, in [-1, 1]; 0 if one is all 0. */
  public static double cosine(float[] first, float[] second) {
    float[] a = normalised(first);
    float[] b = normalised(second);
    double product = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
    }
    return product;
  }

  @Override
  public void close() {
    graph.close();
  }
}
