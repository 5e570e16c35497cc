package io.github.electra4j.model.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.DiscriminatorHead;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.Encoder;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.GradientGraph;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.model.graph.TokenFeeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Thousands of training steps need no more memory than the first ones. */
class FlatMemoryTest {
  private static final int STEPS = 3000;
  private static final int[][] SHAPES = {{2, 9}, {3, 5}, {1, 16}, {4, 12}};
  private static final ElectraConfig CONFIG =
      ElectraConfig.tiny(50)
          .withEmbeddingSize(16)
          .withMaxPositions(40)
          .withEncoder(new EncoderConfig(32, 2, 2, 48, 0.1, 0.1))
          .discriminatorOnly();

  @Test
  void nativeBytesDoNotGrow() {
    WeightMap weights = WeightMap.initialise(TensorLayout.of(CONFIG), 0.2, 5);
    Scope root = Scope.root(weights::get);
    EncoderInputs inputs = EncoderInputs.placeholders(root.sd(), DataType.FLOAT);
    DropoutSites dropouts = DropoutSites.seededBy(root.sd().placeHolder("seed", DataType.INT64));
    Encoder.Output encoder =
        Network.discriminator(CONFIG)
            .build(root, inputs, AttentionPattern.bidirectional(inputs), dropouts);
    SDVariable logits = DiscriminatorHead.build(root, encoder.last());
    GradientGraph gradients =
        GradientGraph.of(
            logits.mul(logits).mean().rename("loss"), new ArrayList<>(weights.names()));
    List<Map<String, INDArray>> feeds = Arrays.stream(SHAPES).map(FlatMemoryTest::feeds).toList();
    try (GraphRunner runner =
        new GraphRunner(gradients.graph(), new ArrayList<>(gradients.gradients().values()))) {
      feeds.forEach(feed -> runner.run(feed, out -> null));
      feeds.forEach(feed -> runner.run(feed, out -> null));
      long buffers = runner.bufferBytes();
      long bytes = nativeBytes();
      for (int step = 0; step < STEPS; step++) {
        runner.run(feeds.get(step % feeds.size()), out -> null);
      }
      assertEquals(buffers, runner.bufferBytes());
      long grown = nativeBytes() - bytes;
      assertTrue(grown < 1 << 20, () -> "native memory grew by %d bytes".formatted(grown));
    }
  }

  private static long nativeBytes() {
    System.gc();
    return Pointer.totalBytes();
  }

  private static Map<String, INDArray> feeds(int[] shape) {
    List<int[]> rows = new ArrayList<>();
    List<int[]> types = new ArrayList<>();
    for (int row = 0; row < shape[0]; row++) {
      rows.add(new int[shape[1]]);
      types.add(new int[shape[1]]);
    }
    Map<String, INDArray> feeds =
        new HashMap<>(TokenFeeds.of(TokenBatch.padded(rows, types, shape[1]), CONFIG));
    feeds.put("seed", Nd4j.scalar(4L));
    return feeds;
  }
}
