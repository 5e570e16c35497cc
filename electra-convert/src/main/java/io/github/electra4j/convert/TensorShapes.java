package io.github.electra4j.convert;

import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.TensorLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names and shapes of the weights of a checkpoint, and what is wrong with them. What training
 * leaves behind (optimizer slots, step) is not looked at.
 */
final class TensorShapes {
  private final TreeMap<String, long[]> weights = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  TensorShapes(Map<String, long[]> tensors) {
    tensors.forEach(
        (name, shape) -> {
          if (!TensorLayout.isIgnorable(name)) {
            weights.put(name, shape);
          }
        });
  }

  /** Everything that was found wrong so far. */
  List<String> problems() {
    return problems;
  }

  void problem(String text) {
    problems.add(text);
  }

  /** Whether some weight lies below {@code scope}. */
  boolean hasBelow(String scope) {
    String next = weights.ceilingKey(scope + "/");
    return next != null && next.startsWith(scope + "/");
  }

  /** The shape of a weight; empty if it is absent. */
  Optional<long[]> shape(String name) {
    return Optional.ofNullable(weights.get(name));
  }

  boolean has(String name) {
    return weights.containsKey(name);
  }

  /** All weights below {@code scope}, in name order. */
  SortedSet<String> below(String scope) {
    return new TreeSet<>(weights.subMap(scope + "/", scope + "0").keySet());
  }

  /**
   * A matrix's shape; empty, and a problem noted, if it is absent or no matrix of plausible size.
   */
  Optional<int[]> matrix(String name, String axes) {
    long[] shape = weights.get(name);
    if (shape == null) {
      problem("%s %s is missing".formatted(name, axes));
      return Optional.empty();
    }
    boolean plausible =
        shape.length == 2
            && Arrays.stream(shape).allMatch(axis -> axis > 0 && axis < Integer.MAX_VALUE);
    if (!plausible) {
      problem("%s has shape %s, not %s".formatted(name, Arrays.toString(shape), axes));
      return Optional.empty();
    }
    return Optional.of(new int[] {(int) shape[0], (int) shape[1]});
  }

  /**
   * The number of layers below {@code scope/encoder}, counted from the names; 0, and a problem
   * noted, if there are none, one is left out, or there are more than an encoder may have.
   */
  int layers(String scope) {
    Pattern layer = Pattern.compile(Pattern.quote(scope + "/encoder/layer_") + "(\\d{1,6})/.*");
    TreeSet<Integer> found = new TreeSet<>();
    for (String name : below(scope + "/encoder")) {
      Matcher matcher = layer.matcher(name);
      if (matcher.matches()) {
        found.add(Integer.parseInt(matcher.group(1)));
      }
    }
    if (found.isEmpty()) {
      problem("%s/encoder/layer_0/… is missing".formatted(scope));
      return 0;
    }
    int count = found.last() + 1;
    if (count > EncoderConfig.MOST_LAYERS) {
      problem(
          "%s/encoder has layers up to layer_%d; at most %d can be read"
              .formatted(scope, count - 1, EncoderConfig.MOST_LAYERS));
      return 0;
    }
    List<Integer> absent = new ArrayList<>();
    for (int i = 0; i < count && absent.size() < 10; i++) {
      if (!found.contains(i)) {
        absent.add(i);
      }
    }
    if (!absent.isEmpty()) {
      problem(
          "%s/encoder has layers up to layer_%d, but none of number %s"
              .formatted(scope, count - 1, absent));
      return 0;
    }
    return count;
  }
}
