package io.github.electra4j.convert.pytorch;

import io.github.electra4j.convert.pytorch.PickleValue.Dictionary;
import io.github.electra4j.convert.pytorch.PickleValue.Global;
import io.github.electra4j.convert.pytorch.PickleValue.Sequence;
import io.github.electra4j.convert.pytorch.PickleValue.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/** The few things that a PyTorch weight file is made of: storages, views of them, dictionaries. */
final class TorchConstructors implements PickleMachine.Constructors {
  private static final String ORDERED_DICT = "collections.OrderedDict";
  private static final String TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";
  private static final Set<String> FUNCTIONS = Set.of(ORDERED_DICT, TENSOR, PARAMETER);

  private static final int MOST_AXES = 32;
  private static final int STORAGE_FIELDS = 5;

  private final Map<String, TorchStorage> storages = new LinkedHashMap<>();

  /** The storages that were referred to, by key. */
  Map<String, TorchStorage> storages() {
    return storages;
  }

  @Override
  public boolean knows(String global) {
    return FUNCTIONS.contains(global) || TorchStorage.type(global).isPresent();
  }

  @Override
  public Object call(String global, List<Object> arguments) {
    return switch (global) {
      case ORDERED_DICT -> dictionary(arguments);
      case TENSOR -> tensor(arguments);
      case PARAMETER ->
          !arguments.isEmpty() && arguments.get(0) instanceof TorchTensor tensor ? tensor : null;
      default -> null;
    };
  }

  /** Empty, or of a list of pairs as Python 2 wrote, a list of its own for each dictionary. */
  private static Object dictionary(List<Object> arguments) {
    Dictionary dictionary = new Dictionary();
    if (arguments.isEmpty()) {
      return dictionary;
    }
    if (arguments.size() > 1 || !(arguments.get(0) instanceof Sequence pairs) || !pairs.take()) {
      return null;
    }
    for (Object pair : pairs.items()) {
      List<Object> both = items(pair);
      boolean fine =
          both != null
              && both.size() == 2
              && both.get(0) instanceof String key
              && dictionary.entries().put(key, both.get(1)) == null;
      if (!fine) {
        return null;
      }
    }
    return dictionary;
  }

  private static List<Object> items(Object value) {
    if (value instanceof Sequence sequence) {
      return sequence.items();
    }
    return value instanceof Tuple tuple ? tuple.items() : null;
  }

  /** {@code (storage, offset, shape, stride, requires_grad, hooks[, metadata])}. */
  private static Object tensor(List<Object> arguments) {
    if (arguments.size() < 6
        || !(arguments.get(0) instanceof TorchStorage storage)
        || !(arguments.get(1) instanceof Long offset)) {
      return null;
    }
    long[] shape = numbers(arguments.get(2));
    long[] stride = numbers(arguments.get(3));
    return shape == null || stride == null ? null : new TorchTensor(storage, offset, shape, stride);
  }

  private static long[] numbers(Object value) {
    if (!(value instanceof Tuple tuple) || tuple.items().size() > MOST_AXES) {
      return null;
    }
    long[] numbers = new long[tuple.items().size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(tuple.items().get(i) instanceof Long number)) {
        return null;
      }
      numbers[i] = number;
    }
    return numbers;
  }

  /** {@code ('storage', class, key, place, elements)}, before version 1.6 with a None behind. */
  @Override
  public Object persistent(Object reference) {
    if (!(reference instanceof Tuple tuple)) {
      return null;
    }
    List<Object> fields = tuple.items();
    boolean formed =
        (fields.size() == STORAGE_FIELDS
                || (fields.size() == STORAGE_FIELDS + 1
                    && fields.get(STORAGE_FIELDS) == PickleValue.NONE))
            && "storage".equals(fields.get(0));
    if (!formed
        || !(fields.get(1) instanceof Global type)
        || !(fields.get(2) instanceof String key)
        || !(fields.get(4) instanceof Long elements)) {
      return null;
    }
    Optional<DataType> elementType = TorchStorage.type(type.name());
    if (elementType.isEmpty() || elements < 0 || elements > Long.MAX_VALUE / Double.BYTES) {
      return null;
    }
    TorchStorage storage = new TorchStorage(key, elementType.get(), elements);
    TorchStorage known = storages.putIfAbsent(key, storage);
    return known == null || known.equals(storage) ? storage : null;
  }
}
