package io.github.electra4j.bench.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/** Clipping to norm 1, then DJL's AdamW over PyTorch's operations. */
final class TorchOptimizer {
  private final TorchWeights weights;
  private final Optimizer optimizer =
      Optimizer.adamW().optLearningRateTracker(Tracker.fixed(1e-5f)).build();

  TorchOptimizer(TorchWeights weights) {
    this.weights = weights;
  }

  /** Updates every weight from its gradient; what is made on the way belongs to {@code step}. */
  void step(NDManager step) {
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
}
