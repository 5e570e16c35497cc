package io.github.electra4j.bench.encoder;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.execution.GraphRunner;
import io.github.electra4j.model.graph.AttentionPattern;
import io.github.electra4j.model.graph.DiscriminatorHead;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.Encoder;
import io.github.electra4j.model.graph.EncoderInputs;
import io.github.electra4j.model.graph.GradientGraph;
import io.github.electra4j.model.graph.GraphStyle;
import io.github.electra4j.model.graph.Network;
import io.github.electra4j.model.graph.Scope;
import io.github.electra4j.model.graph.TokenFeeds;
import io.github.electra4j.train.optimizer.AdamWeightDecay;
import io.github.electra4j.train.optimizer.GlobalNorm;
import io.github.electra4j.train.optimizer.LayerwiseDecay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** This project's training step, in either style of graph, with its optimizer. */
final class SameDiffTrainer implements TrainerUnderTest {
  private static final float RATE = 1e-5f;

  private final String name;
  private final ElectraConfig config;
  private final GradientGraph gradients;
  private final GraphRunner runner;
  private final AdamWeightDecay optimizer;
  private long step;

  SameDiffTrainer(String name, ElectraConfig config, WeightMap weights, GraphStyle style) {
    this.name = name;
    this.config = config;
    Map<String, INDArray> own = weights.copy();
    Scope root = Scope.root(own::get, style);
    SameDiff sd = root.sd();
    EncoderInputs inputs = EncoderInputs.placeholders(sd, DataType.FLOAT);
    DropoutSites dropouts = DropoutSites.seededBy(sd.placeHolder("seed", DataType.INT64));
    Encoder.Output encoder =
        Network.discriminator(config)
            .build(root, inputs, AttentionPattern.bidirectional(inputs), dropouts);
    SDVariable logits = DiscriminatorHead.build(root, encoder.last()); // [tokens, 1]
    SDVariable replaced = sd.placeHolder("replaced", DataType.FLOAT, -1, 1); // [tokens, 1]
    this.gradients = GradientGraph.of(loss(logits, replaced), new ArrayList<>(own.keySet()));
    List<String> wanted = new ArrayList<>(gradients.gradients().values());
    wanted.add(gradients.loss());
    this.runner = new GraphRunner(gradients.graph(), wanted);
    this.optimizer =
        new AdamWeightDecay(own, new LayerwiseDecay(1, config.encoder().layers()), 0.01);
  }

  /** {@code max(x, 0) − x·y + log(1 + e^−|x|)}, the mean over all tokens. */
  private static SDVariable loss(SDVariable logits, SDVariable replaced) {
    SameDiff sd = logits.getSameDiff();
    SDVariable tail =
        sd.math().log(sd.math().exp(sd.math().abs(logits).neg()).add(1)); // [tokens, 1]
    SDVariable positive = logits.add(sd.math().abs(logits)).mul(0.5); // [tokens, 1]
    return positive.sub(logits.mul(replaced)).add(tail).mean().rename("loss");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double step(TokenBatch batch, float[][] replaced) {
    Map<String, INDArray> feeds = new HashMap<>(TokenFeeds.of(batch, config));
    feeds.put("seed", Nd4j.scalar(step++));
    feeds.put("replaced", Nd4j.createFromArray(replaced).reshape(-1, 1));
    return runner.run(
        feeds,
        out -> {
          Map<String, INDArray> byWeight = new LinkedHashMap<>();
          gradients.gradients().forEach((weight, grad) -> byWeight.put(weight, out.get(grad)));
          float scale = GlobalNorm.scale(GlobalNorm.of(byWeight.values()), 1);
          optimizer.step(byWeight, RATE, scale);
          return out.get(gradients.loss()).getDouble(0);
        });
  }

  @Override
  public void close() {
    runner.close();
  }
}
