package io.github.electra4j.model;

import io.github.electra4j.model.json.NearestName;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Tensors that provably fit a layout: every wanted name is there with the wanted shape and a
 * floating-point type, and nothing else. Order is that of the layout.
 *
 * <p>The map cannot change. The arrays are shared, not copied: whoever gets one must not write to
 * it; {@link #copy()} gives arrays of one's own.
 */
public final class WeightMap {
  private final List<TensorSpec> layout;
  private final Map<String, INDArray> arrays;

  private WeightMap(List<TensorSpec> layout, Map<String, INDArray> arrays) {
    this.layout = layout;
    this.arrays = arrays;
  }

  /**
   * The gate between files and model: refuses tensors that do not fit, naming every problem at
   * once. Names that {@link TensorLayout#isIgnorable} knows are passed over unless the layout wants
   * them.
   *
   * @param layout wanted tensors, names unique
   * @param found tensors as read
   * @param source where they come from, for the message, e.g. {@code model.ckpt-1000000}
   * @throws MalformedFileException if any tensor is missing, unexpected, of another shape or not of
   *     a floating-point type
   */
  public static WeightMap of(List<TensorSpec> layout, Map<String, INDArray> found, String source)
      throws MalformedFileException {
    List<String> problems = problems(layout, found);
    if (!problems.isEmpty()) {
      throw MalformedFileException.saying(source, report(source, problems));
    }
    return assemble(layout, found);
  }

  /**
   * New weights for a layout. The numbers of a tensor depend only on {@code seed}, its name, its
   * spec and {@code initializerRange}; adding another tensor changes none of them.
   *
   * @param initializerRange standard deviation of the truncated normal, above 0
   * @param seed any number; the same seed gives the same weights to the last bit
   * @return arrays of type FLOAT
   */
  public static WeightMap initialise(List<TensorSpec> layout, double initializerRange, long seed) {
    if (!(initializerRange > 0)) {
      throw new IllegalArgumentException(
          "initializerRange is %s; it must be above 0".formatted(initializerRange));
    }
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (TensorSpec spec : layout) {
      arrays.put(spec.name(), WeightInitializer.fill(spec, initializerRange, seed));
    }
    return assemble(layout, arrays);
  }

  /** No tensors at all, for a checkpoint without extras. */
  public static WeightMap empty() {
    return new WeightMap(List.of(), Map.of());
  }

  /** The specs of the tensors held, in order. */
  public List<TensorSpec> layout() {
    return layout;
  }

  /** The names of the tensors held, in layout order. */
  public Set<String> names() {
    return arrays.keySet();
  }

  /** All tensors by name, in layout order; unmodifiable, the arrays are shared. */
  public Map<String, INDArray> arrays() {
    return arrays;
  }

  /**
   * The tensor of that name; shared, not to be written to.
   *
   * @throws IllegalArgumentException if the layout has no such name
   */
  public INDArray get(String name) {
    INDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "There is no tensor %s among the %d weights; the nearest name is %s"
              .formatted(
                  name, arrays.size(), NearestName.of(name, arrays.keySet()).orElse("none")));
    }
    return array;
  }

  /** The number of numbers. */
  public long parameterCount() {
    return TensorLayout.parameterCount(layout);
  }

  /**
   * The tensors of a smaller layout, e.g. {@link TensorLayout#encoderOnly}.
   *
   * @throws IllegalArgumentException if one is not held here or has another shape
   */
  public WeightMap subset(List<TensorSpec> smaller) {
    Map<String, INDArray> picked = new LinkedHashMap<>();
    for (TensorSpec spec : smaller) {
      if (arrays.containsKey(spec.name())) {
        picked.put(spec.name(), arrays.get(spec.name()));
      }
    }
    return fitted(smaller, picked, "The wanted subset of the weights");
  }

  /**
   * The same layout with other tensors, e.g. after training.
   *
   * @param replacements tensors for all names or for some; the others stay
   * @throws IllegalArgumentException if a replacement is not in the layout or has another shape
   */
  public WeightMap with(Map<String, INDArray> replacements) {
    Map<String, INDArray> merged = new LinkedHashMap<>(arrays);
    merged.putAll(replacements);
    return fitted(layout, merged, "The new set of weights");
  }

  /**
   * These tensors followed by those of {@code other}.
   *
   * @throws IllegalArgumentException if both hold the same name
   */
  public WeightMap plus(WeightMap other) {
    List<TensorSpec> specs = new ArrayList<>(layout);
    specs.addAll(other.layout);
    Map<String, INDArray> merged = new LinkedHashMap<>(arrays);
    merged.putAll(other.arrays);
    return assemble(specs, merged);
  }

  /** Arrays of the caller's own, which may be written to. */
  public Map<String, INDArray> copy() {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    arrays.forEach((name, array) -> copies.put(name, array.dup('c')));
    return copies;
  }

  /** The same numbers in another floating-point type, e.g. DOUBLE to check gradients. */
  public WeightMap castTo(DataType type) {
    if (!type.isFPType()) {
      throw new IllegalArgumentException(
          "Weights cannot be of type %s; choose FLOAT or DOUBLE".formatted(type));
    }
    Map<String, INDArray> cast = new LinkedHashMap<>();
    arrays.forEach((name, array) -> cast.put(name, array.castTo(type)));
    return assemble(layout, cast);
  }

  /**
   * This map, after checking that it holds no NaN and no infinity.
   *
   * @param source where the weights come from, for the message
   * @throws MalformedFileException naming every tensor with such numbers and how many it has
   */
  public WeightMap requireFinite(String source) throws MalformedFileException {
    List<String> problems = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          long bad = array.scan(Conditions.notFinite()).longValue();
          if (bad > 0) {
            problems.add("  %s has %d of %d".formatted(name, bad, array.length()));
          }
        });
    if (!problems.isEmpty()) {
      throw MalformedFileException.saying(
          source,
          "%s holds NaN or infinite numbers in %d tensor(s):\n%s\nThe training that wrote it has diverged or the file is damaged; use an earlier checkpoint."
              .formatted(source, problems.size(), String.join("\n", problems)));
    }
    return this;
  }

  private static WeightMap fitted(
      List<TensorSpec> layout, Map<String, INDArray> found, String what) {
    List<String> problems = problems(layout, found);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(report(what, problems));
    }
    return assemble(layout, found);
  }

  private static WeightMap assemble(List<TensorSpec> layout, Map<String, INDArray> found) {
    Map<String, INDArray> ordered = new LinkedHashMap<>();
    for (TensorSpec spec : layout) {
      if (ordered.put(spec.name(), found.get(spec.name())) != null) {
        throw new IllegalArgumentException(
            "Tensor %s is in the layout twice".formatted(spec.name()));
      }
    }
    return new WeightMap(List.copyOf(layout), Collections.unmodifiableMap(ordered));
  }

  private static List<String> problems(List<TensorSpec> layout, Map<String, INDArray> found) {
    List<String> problems = new ArrayList<>();
    Map<String, TensorSpec> wanted = new LinkedHashMap<>();
    for (TensorSpec spec : layout) {
      wanted.put(spec.name(), spec);
      INDArray array = found.get(spec.name());
      if (array == null) {
        problems.add("  missing     " + spec);
      } else if (!Arrays.equals(spec.shape(), array.shape())) {
        problems.add(
            "  wrong shape %s %s, config wants %s"
                .formatted(
                    spec.name(), Arrays.toString(array.shape()), Arrays.toString(spec.shape())));
      } else if (!array.dataType().isFPType()) {
        problems.add(
            "  wrong type  %s %s, config wants FLOAT".formatted(spec.name(), array.dataType()));
      }
    }
    found.forEach(
        (name, array) -> {
          if (!wanted.containsKey(name) && !TensorLayout.isIgnorable(name)) {
            problems.add("  unexpected  %s %s".formatted(name, Arrays.toString(array.shape())));
          }
        });
    return problems;
  }

  private static String report(String source, List<String> problems) {
    return "%s does not fit this config, %d tensor(s):\n%s\nCheck that the config belongs to this checkpoint (small, base and large differ)."
        .formatted(source, problems.size(), String.join("\n", problems));
  }
}
