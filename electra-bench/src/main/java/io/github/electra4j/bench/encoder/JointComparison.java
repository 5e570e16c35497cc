package io.github.electra4j.bench.encoder;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.masking.MaskedBatch;
import io.github.electra4j.train.pretrain.PretrainConfig;
import io.github.electra4j.train.pretrain.PretrainSession;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One step of joint pre-training of ELECTRA-Small, generator and discriminator, 15 % masked. Both
 * sides are given the same replacements, so that neither draws and both losses can be compared.
 */
final class JointComparison implements AutoCloseable {
  private static final int MASK = 103;
  private static final double LARGEST_DIFFERENCE = 1e-3;

  private final MaskedBatch batch;
  private final int[][] replacements;
  private final PretrainSession ours;
  private final TorchPretrainer torch;

  JointComparison(int examples, int seq) {
    ElectraConfig config = ElectraConfig.small();
    Random random = new Random(9);
    this.batch = masked(Batches.full(examples, seq), random);
    this.replacements = replacements(random);
    requireEqualLosses(withoutDropout(config));
    this.ours = session(config);
    this.torch = new TorchPretrainer(config, weights(config));
  }

  private static WeightMap weights(ElectraConfig config) {
    return WeightMap.initialise(TensorLayout.of(config), config.initializerRange(), 3);
  }

  private static PretrainSession session(ElectraConfig config) {
    return PretrainSession.start(Checkpoint.of(config, weights(config)), PretrainConfig.defaults());
  }

  private void requireEqualLosses(ElectraConfig config) {
    try (PretrainSession mine = session(config);
        TorchPretrainer peer = new TorchPretrainer(config, weights(config))) {
      double loss = step(mine);
      double theirs = peer.step(batch, replacements);
      if (!(Math.abs(loss - theirs) <= LARGEST_DIFFERENCE * Math.abs(loss))) {
        throw new IllegalStateException(
            "Ours and PyTorch do not compute the same: losses %g and %g".formatted(loss, theirs));
      }
    }
  }

  private double step(PretrainSession session) {
    return session.step(List.of(batch), (logits, masked) -> replacements).loss();
  }

  /** Ours, then PyTorch's. */
  List<Runnable> sides() {
    return List.of(() -> step(ours), () -> torch.step(batch, replacements));
  }

  private static MaskedBatch masked(TokenBatch text, Random random) {
    int slots = (int) Math.round(0.15 * text.seq());
    int[][] ids = new int[text.batch()][];
    int[][] positions = new int[text.batch()][];
    int[][] targets = new int[text.batch()][slots];
    float[][] weights = new float[text.batch()][slots];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = text.inputIds()[row].clone();
      positions[row] = random.ints(0, text.seq()).distinct().limit(slots).toArray();
      Arrays.fill(weights[row], 1);
      for (int slot = 0; slot < slots; slot++) {
        targets[row][slot] = ids[row][positions[row][slot]];
        ids[row][positions[row][slot]] = MASK;
      }
    }
    return new MaskedBatch(
        text, ids, text.attentionMask(), positions, targets, weights, new long[text.batch()]);
  }

  /** Every second slot keeps its token, the others get one that the generator might draw. */
  private int[][] replacements(Random random) {
    int[][] ids = new int[batch.batch()][];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = batch.maskedIds()[row].clone();
      for (int slot = 0; slot < ids[row].length; slot += 2) {
        ids[row][slot] = 1000 + random.nextInt(28000);
      }
    }
    return ids;
  }

  private static ElectraConfig withoutDropout(ElectraConfig config) {
    GeneratorConfig generator = config.generator().orElseThrow();
    return new ElectraConfig(
        config.vocabSize(),
        config.embeddingSize(),
        config.maxPositions(),
        config.tokenTypes(),
        config.initializerRange(),
        withoutDropout(config.encoder()),
        Optional.of(
            new GeneratorConfig(
                generator.kind(),
                withoutDropout(generator.encoder()),
                generator.untiedEmbeddings())),
        true);
  }

  private static EncoderConfig withoutDropout(EncoderConfig encoder) {
    return new EncoderConfig(
        encoder.hiddenSize(),
        encoder.layers(),
        encoder.attentionHeads(),
        encoder.intermediateSize(),
        0,
        0);
  }

  @Override
  public void close() {
    ours.close();
    torch.close();
  }
}
