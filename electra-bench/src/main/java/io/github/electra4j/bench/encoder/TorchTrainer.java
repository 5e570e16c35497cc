package io.github.electra4j.bench.encoder;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;

/** A PyTorch training step through DJL: its autograd and its operations. */
final class TorchTrainer implements TrainerUnderTest {
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final TorchGraph graph;
  private final TorchOptimizer optimizer;

  TorchTrainer(ElectraConfig config, WeightMap weights) {
    TorchWeights own = TorchWeights.of(manager, weights, true);
    this.graph = new TorchGraph(config, own, true);
    this.optimizer = new TorchOptimizer(own);
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
                  new NDList(
                      step.create(
                          TorchGraph.flat(replaced), new Shape(batch.batch(), batch.seq()))),
                  new NDList(logits));
      collector.backward(loss);
      double value = loss.getFloat();
      optimizer.step(step);
      collector.zeroGradients();
      return value;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
