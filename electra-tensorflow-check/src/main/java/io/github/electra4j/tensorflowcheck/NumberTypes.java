package io.github.electra4j.tensorflowcheck;

import io.github.electra4j.convert.tensorflow.TensorType;
import java.util.EnumMap;
import java.util.Map;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint16;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** The numeric element types that TensorFlow's Java classes know. */
final class NumberTypes {
  private static final Map<TensorType, Class<? extends TType>> CLASSES =
      new EnumMap<>(TensorType.class);

  static {
    CLASSES.put(TensorType.FLOAT, TFloat32.class);
    CLASSES.put(TensorType.DOUBLE, TFloat64.class);
    CLASSES.put(TensorType.HALF, TFloat16.class);
    CLASSES.put(TensorType.BFLOAT16, TBfloat16.class);
    CLASSES.put(TensorType.INT32, TInt32.class);
    CLASSES.put(TensorType.INT64, TInt64.class);
    CLASSES.put(TensorType.UINT8, TUint8.class);
    CLASSES.put(TensorType.UINT16, TUint16.class);
    CLASSES.put(TensorType.BOOL, TBool.class);
  }

  private NumberTypes() {}

  /** All of them. */
  static Iterable<TensorType> all() {
    return CLASSES.keySet();
  }

  /** TensorFlow's class for a type. */
  static Class<? extends TType> classOf(TensorType type) {
    Class<? extends TType> known = CLASSES.get(type);
    if (known == null) {
      throw new IllegalArgumentException(
          "TensorFlow's Java classes have none for %s; they have %s"
              .formatted(type, CLASSES.keySet()));
    }
    return known;
  }
}
