package io.github.electra4j.train.inference;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.train.graph.VectorGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Texts as vectors: the mean of the last layer over all tokens but the special ones; of a long text
 * over all its windows. Made by {@link Electra#embedder}.
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

  /** The vector of a text, as wide as the model's hidden size. */
  public float[] embed(String text) {
    return embed(List.of(text)).get(0);
  }

  /** The vectors of many texts, in order; all 0 for a text without tokens. */
  public List<float[]> embed(List<String> texts) {
    List<Window> all = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      for (Encoding window : windows.of(texts.get(text))) {
        all.add(new Window(text, window));
      }
    }
    all.sort(Comparator.comparingInt(window -> window.tokens().length()));
    double[][] sums = new double[texts.size()][graph.width()];
    int[] counts = new int[texts.size()];
    for (int from = 0; from < all.size(); from += LoadedModel.BATCH_SIZE) {
      int to = Math.min(from + LoadedModel.BATCH_SIZE, all.size());
      add(all.subList(from, to), sums, counts);
    }
    List<float[]> vectors = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      float[] vector = new float[graph.width()];
      for (int i = 0; i < vector.length && counts[text] > 0; i++) {
        vector[i] = (float) (sums[text][i] / counts[text]);
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private void add(List<Window> batch, double[][] sums, int[] counts) {
    List<int[]> ids = batch.stream().map(window -> window.tokens().ids()).toList();
    float[][][] vectors = graph.run(ids, maxTokens); // [batch, tokens, hidden]
    for (int i = 0; i < batch.size(); i++) {
      int text = batch.get(i).text();
      for (int t = 1; t < ids.get(i).length - 1; t++) {
        for (int h = 0; h < graph.width(); h++) {
          sums[text][h] += vectors[i][t][h];
        }
        counts[text]++;
      }
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
