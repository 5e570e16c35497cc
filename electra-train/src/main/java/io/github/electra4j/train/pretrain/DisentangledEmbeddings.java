package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradient-disentangled embedding sharing (He et al., DeBERTa-v3, ICLR 2023): the discriminator's
 * embeddings are {@code stop_gradient(E) + Δ}, E being the generator's and Δ beginning at zero. The
 * generator's loss moves E, and with it the sum; the discriminator's loss moves Δ alone.
 *
 * <p>Between updates the discriminator's tensors hold the sum, so that every checkpoint is a usable
 * model. The gradient of the sum is that of Δ; an update takes the sum apart, lets the optimizer
 * move (and decay) E and Δ, and adds them up again.
 */
final class DisentangledEmbeddings {
  private static final String OWN = "generator/embeddings/";
  private static final String SUM = "electra/embeddings/";

  /** The discriminator's array and the generator's. */
  private record Pair(INDArray sum, INDArray base) {}

  private final Map<String, Pair> pairs = new LinkedHashMap<>();

  /**
   * @param weights the arrays that are trained, by name; none are taken unless {@code config} wants
   *     embeddings disentangled
   */
  DisentangledEmbeddings(ElectraConfig config, Map<String, INDArray> weights) {
    if (areWanted(config)) {
      weights.forEach(
          (name, base) -> {
            if (name.startsWith(OWN)) {
              String sum = SUM + name.substring(OWN.length());
              pairs.put(sum, new Pair(weights.get(sum), base));
            }
          });
    }
  }

  private static boolean areWanted(ElectraConfig config) {
    return config.generator().map(GeneratorConfig::disentangledEmbeddings).orElse(false);
  }

  /** Runs an update on E and Δ. */
  void during(Runnable update) {
    pairs.values().forEach(pair -> pair.sum().subi(pair.base()));
    update.run();
    pairs.values().forEach(pair -> pair.sum().addi(pair.base()));
  }

  /**
   * The generator's embeddings that a start with Δ = 0 has, by name: copies of the discriminator's.
   *
   * @param weights all tensors of {@code config}
   */
  static Map<String, INDArray> initial(ElectraConfig config, Map<String, INDArray> weights) {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    new DisentangledEmbeddings(config, weights)
        .pairs.forEach(
            (sum, pair) -> copies.put(OWN + sum.substring(SUM.length()), pair.sum().dup('c')));
    return copies;
  }
}
