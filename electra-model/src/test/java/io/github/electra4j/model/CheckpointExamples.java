package io.github.electra4j.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small checkpoints of every make. */
final class CheckpointExamples {
  static final TaskHead SST = new TaskHead.Classification("sst", List.of("0", "1"));
  static final TaskHead STS = new TaskHead.Regression("sts", 0, 5);

  private CheckpointExamples() {}

  /** An encoder of width 16 with a head, a vocabulary and the state of its training. */
  static Checkpoint fineTuned() {
    ElectraConfig config = config(Optional.empty(), false);
    return checkpoint(config, List.of(SST, STS), new SplittableRandom(1));
  }

  /** One that depends on the random numbers alone. */
  static Checkpoint any(SplittableRandom random) {
    EncoderConfig encoder = encoder(16);
    Optional<GeneratorConfig> generator =
        switch (random.nextInt(6)) {
          case 0 -> Optional.of(GeneratorConfig.shared(encoder));
          case 1 -> Optional.of(GeneratorConfig.twoTower(encoder, 0.5, 1));
          case 2 -> Optional.of(GeneratorConfig.of(encoder, 0.5, 1));
          case 3 -> Optional.of(GeneratorConfig.of(encoder, 0.5, 1).withUntiedEmbeddings(true));
          case 4 ->
              Optional.of(GeneratorConfig.of(encoder, 0.5, 1).withDisentangledEmbeddings(true));
          default -> Optional.empty();
        };
    List<TaskHead> heads = new ArrayList<>();
    if (random.nextBoolean()) {
      heads.add(SST);
    }
    if (random.nextBoolean()) {
      heads.add(STS);
    }
    return checkpoint(config(generator, random.nextBoolean()), heads, random);
  }

  private static ElectraConfig config(Optional<GeneratorConfig> generator, boolean head) {
    return new ElectraConfig(11, 8, 12, 2, 0.02, encoder(16), generator, head);
  }

  private static EncoderConfig encoder(int width) {
    return new EncoderConfig(width, 2, 2, 24, 0.1, 0.1);
  }

  private static Checkpoint checkpoint(
      ElectraConfig config, List<TaskHead> heads, SplittableRandom random) {
    List<TensorSpec> layout = Checkpoint.layout(config, heads);
    WeightMap weights = WeightMap.initialise(layout, 0.02, random.nextLong());
    Optional<Boolean> strip =
        switch (random.nextInt(3)) {
          case 0 -> Optional.empty();
          case 1 -> Optional.of(true);
          default -> Optional.of(false);
        };
    byte[] vocabulary = "[PAD]\n[UNK]\nä\n##ing".getBytes(StandardCharsets.UTF_8);
    return new Checkpoint(
        config,
        heads,
        weights,
        Optional.of(new TextSettings(vocabulary, random.nextBoolean(), strip)),
        Optional.of(moments(layout, random)));
  }

  private static OptimizerState moments(List<TensorSpec> layout, SplittableRandom random) {
    Map<String, INDArray> slots = new LinkedHashMap<>();
    for (TensorSpec spec : layout) {
      slots.put(OptimizerState.firstMoment(spec.name()), noise(spec, random));
      slots.put(OptimizerState.secondMoment(spec.name()), noise(spec, random));
    }
    return new OptimizerState(random.nextLong(1L << 40), slots);
  }

  private static INDArray noise(TensorSpec spec, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(spec.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Nd4j.createFromArray(values).reshape('c', spec.shape());
  }
}
