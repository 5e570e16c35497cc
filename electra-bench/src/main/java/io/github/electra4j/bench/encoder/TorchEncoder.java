package io.github.electra4j.bench.encoder;

import ai.djl.ndarray.NDManager;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;

/** PyTorch inference through DJL. */
final class TorchEncoder implements EncoderUnderTest {
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final TorchGraph graph;

  TorchEncoder(ElectraConfig config, WeightMap weights) {
    this.graph = new TorchGraph(config, TorchWeights.of(manager, weights, false), false);
  }

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public float[][] logits(TokenBatch batch) {
    try (NDManager step = manager.newSubManager()) {
      float[] flat = graph.logits(step, batch).toFloatArray();
      float[][] rows = new float[batch.batch()][batch.seq()];
      for (int row = 0; row < rows.length; row++) {
        System.arraycopy(flat, row * batch.seq(), rows[row], 0, batch.seq());
      }
      return rows;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
