package io.github.electra4j.model;

import io.github.electra4j.model.storage.TensorSupply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What training needs besides the weights to go on as if it had never stopped: how many updates
 * were made, and Adam's two moments of every trained tensor.
 *
 * <p>The moments of tensor {@code X} are called {@code X/adam_m} and {@code X/adam_v} and have its
 * shape. A tensor may be without moments (published checkpoints have none); then they start at 0.
 * The arrays are shared, not copied.
 *
 * @param globalStep optimizer updates made so far, at least 0
 * @param slots moments by name, in the given order, as FLOAT; other floating-point types are cast;
 *     unmodifiable
 */
public record OptimizerState(long globalStep, Map<String, INDArray> slots) {
  private static final List<String> SUFFIXES = List.of("/adam_m", "/adam_v");

  /** Copies the map, not the arrays, and checks that moments come in pairs. */
  public OptimizerState {
    Map<String, INDArray> floats = new LinkedHashMap<>();
    slots.forEach(
        (name, array) ->
            floats.put(name, array.dataType().isFPType() ? array.castTo(DataType.FLOAT) : array));
    slots = Collections.unmodifiableMap(floats);
    if (globalStep < 0) {
      throw new IllegalArgumentException(
          "OptimizerState.globalStep is %d; it must be at least 0".formatted(globalStep));
    }
    for (String name : slots.keySet()) {
      if (SUFFIXES.stream().noneMatch(name::endsWith)) {
        throw new IllegalArgumentException(
            "%s is no moment of Adam; names must end in /adam_m or /adam_v".formatted(name));
      }
    }
  }

  /** The same step with the moments of these tensors alone. */
  public OptimizerState only(Set<String> tensors) {
    Map<String, INDArray> some = new LinkedHashMap<>(slots);
    some.keySet().removeIf(name -> !tensors.contains(owner(name)));
    return new OptimizerState(globalStep, some);
  }

  private static String owner(String slot) {
    return slot.substring(0, slot.length() - SUFFIXES.get(0).length());
  }

  /** The name of the first moment of a tensor, the running mean of its gradient. */
  public static String firstMoment(String tensor) {
    return tensor + SUFFIXES.get(0);
  }

  /** The name of the second moment of a tensor, the running mean of its squared gradient. */
  public static String secondMoment(String tensor) {
    return tensor + SUFFIXES.get(1);
  }

  /**
   * What keeps these moments from belonging to a layout, one line per tensor; empty if they fit.
   * Every moment must belong to a trainable tensor, have its shape and a floating-point type, and
   * have its partner.
   */
  List<String> problemsWith(List<TensorSpec> layout) {
    Map<String, TensorSupply> supplies = new LinkedHashMap<>();
    slots.forEach((name, array) -> supplies.put(name, TensorSupply.of(array)));
    return problems(supplies, layout);
  }

  /** As {@link #problemsWith}, for moments that need not be in memory. */
  static List<String> problems(Map<String, TensorSupply> slots, List<TensorSpec> layout) {
    Map<String, TensorSpec> owners = new LinkedHashMap<>();
    for (TensorSpec spec : layout) {
      if (spec.trainable()) {
        owners.put(firstMoment(spec.name()), spec);
        owners.put(secondMoment(spec.name()), spec);
      }
    }
    List<String> problems = new ArrayList<>();
    slots.forEach(
        (name, slot) -> {
          TensorSpec owner = owners.get(name);
          String shape = Arrays.toString(slot.shape());
          if (owner == null) {
            problems.add("  unexpected  %s %s".formatted(name, shape));
          } else if (!Arrays.equals(owner.shape(), slot.shape())) {
            problems.add(
                "  wrong shape %s %s, its tensor has %s"
                    .formatted(name, shape, Arrays.toString(owner.shape())));
          } else if (!slot.type().isFPType()) {
            problems.add("  wrong type  %s %s".formatted(name, slot.type()));
          } else if (!slots.containsKey(partner(name))) {
            problems.add("  missing     %s %s".formatted(partner(name), shape));
          }
        });
    return problems;
  }

  private static String partner(String slot) {
    String tensor = owner(slot);
    return slot.equals(firstMoment(tensor)) ? secondMoment(tensor) : firstMoment(tensor);
  }
}
