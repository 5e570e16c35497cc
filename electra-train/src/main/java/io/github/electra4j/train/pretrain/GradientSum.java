package io.github.electra4j.train.pretrain;

import io.github.electra4j.train.graph.PretrainOutcome;
import io.github.electra4j.train.optimizer.GlobalNorm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradients of a batch that is computed in parts, added up in arrays of its own, and their
 * norm.
 */
final class GradientSum {
  private final Map<String, INDArray> sums = new LinkedHashMap<>();
  private final Map<String, Double> lookedUpSquares = new LinkedHashMap<>();
  private boolean empty = true;

  /** Forgets what was added. */
  void clear() {
    empty = true;
    lookedUpSquares.clear();
  }

  /** Adds the gradients of a part. */
  void add(PretrainOutcome part) {
    part.gradients()
        .forEach(
            (name, gradient) -> {
              INDArray sum = sums.get(name);
              if (sum == null) {
                sums.put(name, gradient.dup('c'));
              } else if (empty) {
                sum.assign(gradient);
              } else {
                sum.addi(gradient);
              }
            });
    part.lookedUp()
        .forEach(
            (name, rows) ->
                lookedUpSquares.merge(name, square(GlobalNorm.of(List.of(rows))), Double::sum));
    empty = false;
  }

  /** The sums, by the name of the weight. */
  Map<String, INDArray> gradients() {
    return sums;
  }

  /** The norm over all gradients, with un-merged rows as in {@link PretrainOutcome#normTerms}. */
  double norm() {
    double squares = 0;
    for (Map.Entry<String, INDArray> sum : sums.entrySet()) {
      Double rows = lookedUpSquares.get(sum.getKey());
      squares += rows != null ? rows : square(GlobalNorm.of(List.of(sum.getValue())));
    }
    return Math.sqrt(squares);
  }

  private static double square(double value) {
    return value * value;
  }
}
