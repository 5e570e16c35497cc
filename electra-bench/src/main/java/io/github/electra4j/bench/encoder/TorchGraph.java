package io.github.electra4j.bench.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.TokenBatch;
import java.util.Arrays;

/**
 * The discriminator in eager PyTorch, as HuggingFace's eager code computes it, with PyTorch's own
 * linear, embedding, layer-norm, GELU, softmax and dropout kernels.
 */
final class TorchGraph {
  private static final float EPSILON = 1e-12f;

  private final ElectraConfig config;
  private final TorchWeights weights;
  private final boolean training;

  TorchGraph(ElectraConfig config, TorchWeights weights, boolean training) {
    this.config = config;
    this.weights = weights;
    this.training = training;
  }

  /** Logits [batch, seq]; everything made on the way belongs to {@code manager}. */
  NDArray logits(NDManager manager, TokenBatch batch) {
    NDArray hidden = hidden(manager, batch, "electra", config.encoder());
    NDArray head = gelu(linear(hidden, "discriminator_predictions/dense"));
    return linear(head, "discriminator_predictions/dense_1").squeeze(-1);
  }

  /**
   * The generator's logits over the vocabulary, [rows, vocab].
   *
   * @param rows INT64 [rows], the masked positions among all tokens
   */
  NDArray vocabularyLogits(NDManager manager, TokenBatch batch, NDArray rows) {
    EncoderConfig encoder = config.generator().orElseThrow().encoder();
    NDArray hidden = hidden(manager, batch, "generator", encoder);
    NDArray flat = hidden.reshape(-1, encoder.hiddenSize());
    NDArray chosen = Embedding.embedding(rows, flat, SparseFormat.DENSE).singletonOrThrow();
    String head = "generator_predictions/";
    NDArray transformed = norm(gelu(linear(chosen, head + "dense")), head + "LayerNorm");
    NDArray table = weights.get("electra/embeddings/word_embeddings");
    return Linear.linear(transformed, table, weights.get(head + "output_bias")).singletonOrThrow();
  }

  /** Output of the last layer of the encoder at {@code path}, [batch, seq, hidden]. */
  private NDArray hidden(NDManager manager, TokenBatch batch, String path, EncoderConfig encoder) {
    int seq = batch.seq();
    NDArray ids = ids(manager, batch.inputIds());
    NDArray types = ids(manager, batch.tokenTypeIds());
    NDArray positions = manager.arange(0, seq, 1, DataType.INT64).expandDims(0);
    String scope = "electra/embeddings/";
    NDArray hidden =
        rows(ids, scope + "word_embeddings")
            .add(rows(types, scope + "token_type_embeddings"))
            .add(rows(positions, scope + "position_embeddings"));
    hidden = dropout(norm(hidden, scope + "LayerNorm"), encoder.hiddenDropout());
    if (weights.get(path + "/embeddings_project/kernel") != null) {
      hidden = linear(hidden, path + "/embeddings_project");
    }
    NDArray mask =
        ids(manager, batch.attentionMask())
            .toType(DataType.FLOAT32, false)
            .mul(-1)
            .add(1)
            .mul(-10000)
            .reshape(batch.batch(), 1, 1, seq);
    for (int i = 0; i < encoder.layers(); i++) {
      hidden = layer(hidden, path + "/encoder/layer_" + i + "/", mask, encoder);
    }
    return hidden;
  }

  private NDArray layer(NDArray input, String scope, NDArray mask, EncoderConfig encoder) {
    Shape shape = input.getShape();
    int heads = encoder.attentionHeads();
    int size = encoder.headSize();
    String self = scope + "attention/self/";
    NDArray query = heads(linear(input, self + "query"), shape, heads, size);
    NDArray key = heads(linear(input, self + "key"), shape, heads, size);
    NDArray value = heads(linear(input, self + "value"), shape, heads, size);
    NDArray scores = query.matMul(key.swapAxes(2, 3)).mul(1 / Math.sqrt(size)).add(mask);
    NDArray probabilities = dropout(scores.softmax(-1), encoder.attentionDropout());
    NDArray context = probabilities.matMul(value).transpose(0, 2, 1, 3).reshape(shape);
    double rate = encoder.hiddenDropout();
    NDArray attended = residual(context, input, scope + "attention/output/", rate);
    NDArray wide = gelu(linear(attended, scope + "intermediate/dense"));
    return residual(wide, attended, scope + "output/", rate);
  }

  private static NDArray heads(NDArray flat, Shape shape, int heads, int size) {
    return flat.reshape(shape.get(0), shape.get(1), heads, size).transpose(0, 2, 1, 3);
  }

  private NDArray residual(NDArray input, NDArray residual, String scope, double rate) {
    NDArray dense = dropout(linear(input, scope + "dense"), rate);
    return norm(dense.add(residual), scope + "LayerNorm");
  }

  private NDArray linear(NDArray input, String scope) {
    return Linear.linear(input, weights.get(scope + "/kernel"), weights.get(scope + "/bias"))
        .singletonOrThrow();
  }

  private NDArray norm(NDArray input, String scope) {
    return LayerNorm.layerNorm(
            input,
            new Shape(input.getShape().get(input.getShape().dimension() - 1)),
            weights.get(scope + "/gamma"),
            weights.get(scope + "/beta"),
            EPSILON)
        .singletonOrThrow();
  }

  private NDArray rows(NDArray ids, String table) {
    return Embedding.embedding(ids, weights.get(table), SparseFormat.DENSE).singletonOrThrow();
  }

  private static NDArray gelu(NDArray input) {
    return Activation.gelu(new NDList(input)).singletonOrThrow();
  }

  private NDArray dropout(NDArray input, double rate) {
    return training && rate > 0
        ? Dropout.dropout(input, (float) rate, true).singletonOrThrow()
        : input;
  }

  private static NDArray ids(NDManager manager, int[][] rows) {
    long[] flat = Arrays.stream(rows).flatMapToInt(Arrays::stream).asLongStream().toArray();
    return manager.create(flat, new Shape(rows.length, rows[0].length));
  }

  /** The rows one after the other. */
  static float[] flat(float[][] rows) {
    float[] out = new float[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, out, row * rows[0].length, rows[0].length);
    }
    return out;
  }
}
