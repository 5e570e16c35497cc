package io.github.electra4j.convert;

import io.github.electra4j.model.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Compares a file's table with a layout, before a number is read. */
final class LayoutFit {
  private LayoutFit() {}

  /** A line for every tensor of {@code layout} that is missing or has another shape. */
  static List<String> problems(List<TensorSpec> layout, Map<String, long[]> found) {
    List<String> problems = new ArrayList<>();
    for (TensorSpec spec : layout) {
      long[] shape = found.get(spec.name());
      if (shape == null) {
        problems.add("missing     " + spec);
      } else if (!Arrays.equals(shape, spec.shape())) {
        problems.add(
            "wrong shape %s %s, wanted %s"
                .formatted(spec.name(), Arrays.toString(shape), Arrays.toString(spec.shape())));
      }
    }
    return problems;
  }
}
