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
import io.github.electra4j.model.graph.RowSelection;
import io.github.electra4j.train.masking.MaskedBatch;
import java.util.Arrays;

/** A step of joint pre-training in PyTorch, with given replacements: generator, discriminator. */
final class TorchPretrainer implements AutoCloseable {
  private static final float DISCRIMINATOR_WEIGHT = 50;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final TorchGraph graph;
  private final TorchOptimizer optimizer;

  TorchPretrainer(ElectraConfig config, WeightMap weights) {
    TorchWeights own = TorchWeights.of(manager, weights, true);
    this.graph = new TorchGraph(config, own, true);
    this.optimizer = new TorchOptimizer(own);
  }

  /**
   * One update.
   *
   * @param replacements what stands at the chosen positions, [batch, slots]
   * @return the sum of both losses before the update
   */
  double step(MaskedBatch batch, int[][] replacements) {
    TokenBatch corrupted = corrupted(batch, replacements);
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      int[] positions = RowSelection.at(batch.maskedPositions(), batch.original().seq());
      NDArray rows = step.create(Arrays.stream(positions).asLongStream().toArray());
      NDArray logits = graph.vocabularyLogits(step, batch.masked(), rows);
      long[] targets =
          Arrays.stream(batch.maskedIds()).flatMapToInt(Arrays::stream).asLongStream().toArray();
      NDArray generator =
          Loss.softmaxCrossEntropyLoss()
              .evaluate(
                  new NDList(step.create(targets, new Shape(targets.length, 1))),
                  new NDList(logits));
      NDArray discriminator =
          Loss.sigmoidBinaryCrossEntropyLoss()
              .evaluate(
                  new NDList(replaced(step, batch.original(), corrupted)),
                  new NDList(graph.logits(step, corrupted)));
      NDArray loss = generator.add(discriminator.mul(DISCRIMINATOR_WEIGHT));
      collector.backward(loss);
      double value = loss.getFloat();
      optimizer.step(step);
      collector.zeroGradients();
      return value;
    }
  }

  private static TokenBatch corrupted(MaskedBatch batch, int[][] replacements) {
    TokenBatch text = batch.original();
    int[][] ids = new int[text.batch()][];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = text.inputIds()[row].clone();
      for (int slot = 0; slot < replacements[row].length; slot++) {
        ids[row][batch.maskedPositions()[row][slot]] = replacements[row][slot];
      }
    }
    return new TokenBatch(ids, text.attentionMask(), text.tokenTypeIds());
  }

  private static NDArray replaced(NDManager step, TokenBatch text, TokenBatch corrupted) {
    float[][] labels = new float[text.batch()][text.seq()];
    for (int row = 0; row < labels.length; row++) {
      for (int column = 0; column < text.seq(); column++) {
        boolean same = text.inputIds()[row][column] == corrupted.inputIds()[row][column];
        labels[row][column] = same ? 0 : 1;
      }
    }
    return step.create(TorchGraph.flat(labels), new Shape(text.batch(), text.seq()));
  }

  @Override
  public void close() {
    manager.close();
  }
}
