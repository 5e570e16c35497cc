package io.github.electra4j.bench.encoder;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;

/** A PyTorch training step through DJL: its autograd, and DJL's AdamW over PyTorch's operations. */
final class TorchTrainer implements TrainerUnderTest {
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final TorchWeights weights;
  private final TorchGraph graph;
  private final Optimizer optimizer =
      Optimizer.adamW().optLearningRateTracker(Tracker.fixed(1e-5f)).build();

  TorchTrainer(ElectraConfig config, WeightMap weights) {
    this.weights = TorchWeights.of(manager, weights, true);
    this.graph = new TorchGraph(config, this.weights, true);
  }

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public double step(TokenBatch batch, float[][] replaced) {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray logits = graph.logits(step, batch);
      NDArray loss =
          Loss.sigmoidBinaryCrossEntropyLoss()
              .evaluate(
                  new NDList(step.create(flat(replaced), new Shape(batch.batch(), batch.seq()))),
                  new NDList(logits));
      collector.backward(loss);
      double value = loss.getFloat();
      update(step);
      collector.zeroGradients();
      return value;
    }
  }

  private void update(NDManager step) {
    double squares = 0;
    for (NDArray weight : weights.arrays().values()) {
      NDArray gradient = weight.getGradient();
      gradient.attach(step);
      squares += gradient.square().sum().getFloat();
    }
    float scale = (float) (1 / Math.max(1, Math.sqrt(squares)));
    for (NDArray weight : weights.arrays().values()) {
      NDArray gradient = weight.getGradient();
      gradient.attach(step);
      optimizer.update(weight.getName(), weight, gradient.muli(scale));
    }
  }

  private static float[] flat(float[][] rows) {
    float[] out = new float[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, out, row * rows[0].length, rows[0].length);
    }
    return out;
  }

  @Override
  public void close() {
    manager.close();
  }
}
