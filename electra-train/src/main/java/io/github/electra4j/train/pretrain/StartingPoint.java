package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.TextSettings;
import io.github.electra4j.model.WeightMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights to start pre-training from, and where each tensor came from.
 *
 * @param checkpoint all tensors of the wanted architecture, and the moments that came with those
 *     that were taken
 * @param taken tensors that came from another checkpoint
 * @param fresh tensors that are new
 * @param leftOut tensors of the other checkpoint that the architecture has no place for, or that
 *     have another shape there
 */
public record StartingPoint(
    Checkpoint checkpoint, List<String> taken, List<String> fresh, List<String> leftOut) {
  private static final String LAYERS = "electra/encoder/layer_";

  /** Copies the lists. */
  public StartingPoint {
    taken = List.copyOf(taken);
    fresh = List.copyOf(fresh);
    leftOut = List.copyOf(leftOut);
  }

  /** New weights throughout. */
  public static StartingPoint fresh(ElectraConfig config, Optional<TextSettings> text, long seed) {
    WeightMap drawn =
        WeightMap.initialise(TensorLayout.of(config), config.initializerRange(), seed);
    WeightMap weights = drawn.with(DisentangledEmbeddings.initial(config, drawn.arrays()));
    Checkpoint checkpoint = new Checkpoint(config, List.of(), weights, text, Optional.empty());
    return new StartingPoint(checkpoint, List.of(), List.copyOf(weights.names()), List.of());
  }

  /**
   * The tensors of another checkpoint that fit by name and shape, and new ones where none does: a
   * released discriminator gets a new generator, a masked language model a new detection head.
   * Embeddings of the generator from which the discriminator's are to be disentangled begin as
   * copies of the discriminator's. Moments come along with their tensors.
   *
   * @throws IllegalArgumentException if no layer of the encoder fits, because then it is the wrong
   *     checkpoint
   */
  public static StartingPoint from(Checkpoint other, ElectraConfig config, long seed) {
    StartingPoint start = fresh(config, other.text(), seed);
    Map<String, INDArray> found = new LinkedHashMap<>();
    List<String> fresh = new ArrayList<>();
    for (TensorSpec spec : TensorLayout.of(config)) {
      INDArray array = other.weights().arrays().get(spec.name());
      if (array != null && Arrays.equals(array.shape(), spec.shape())) {
        found.put(spec.name(), array);
      } else {
        fresh.add(spec.name());
      }
    }
    if (found.keySet().stream().noneMatch(name -> name.startsWith(LAYERS))) {
      throw new IllegalArgumentException(
          "The given checkpoint has %s, the wanted architecture %s: no layer fits. Give the architecture of the checkpoint, or start from new weights"
              .formatted(size(other.config()), size(config)));
    }
    List<String> leftOut =
        other.weights().names().stream().filter(name -> !found.containsKey(name)).toList();
    WeightMap merged = start.checkpoint().weights().with(found);
    Map<String, INDArray> copies = DisentangledEmbeddings.initial(config, merged.arrays());
    copies.keySet().removeAll(found.keySet());
    WeightMap weights = merged.with(copies);
    Checkpoint checkpoint =
        new Checkpoint(
            config,
            List.of(),
            weights,
            other.text(),
            other.optimizer().map(of -> of.only(found.keySet())));
    return new StartingPoint(checkpoint, List.copyOf(found.keySet()), fresh, leftOut);
  }

  private static String size(ElectraConfig config) {
    return "%d layers of width %d with embeddings of %d"
        .formatted(
            config.encoder().layers(), config.encoder().hiddenSize(), config.embeddingSize());
  }

  /** One line: {@code 204 tensors taken, 4 new, 0 left out; moments begin at 0}. */
  public String summary() {
    String counts =
        "%d tensors taken, %d new, %d left out"
            .formatted(taken.size(), fresh.size(), leftOut.size());
    int moments = checkpoint.optimizer().map(state -> state.slots().size() / 2).orElse(0);
    return counts
        + (moments == 0
            ? "; moments begin at 0"
            : "; moments of %d tensors as after step %d"
                .formatted(moments, checkpoint.optimizer().orElseThrow().globalStep()));
  }

  /**
   * A line for every network that is not taken whole, e.g. {@code new: generator/, 194 tensors}.
   */
  public List<String> details() {
    List<String> lines = new ArrayList<>();
    counts(fresh).forEach((scope, count) -> lines.add(line("new", scope, count)));
    counts(leftOut).forEach((scope, count) -> lines.add(line("left out", scope, count)));
    return lines;
  }

  private static String line(String what, String scope, int count) {
    return "%s: %s/, %d tensors".formatted(what, scope, count);
  }

  private static Map<String, Integer> counts(List<String> names) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String name : names) {
      int second = name.indexOf('/', name.indexOf('/') + 1);
      boolean parted = name.startsWith("electra/") && second > 0;
      counts.merge(name.substring(0, parted ? second : name.indexOf('/')), 1, Integer::sum);
    }
    return counts;
  }
}
