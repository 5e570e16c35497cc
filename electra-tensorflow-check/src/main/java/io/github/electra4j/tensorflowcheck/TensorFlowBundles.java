package io.github.electra4j.tensorflowcheck;

import io.github.electra4j.convert.tensorflow.BundleIndex;
import io.github.electra4j.convert.tensorflow.TensorEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** TensorFlow's own operations for checkpoints, {@code SaveV2} and {@code RestoreV2}. */
final class TensorFlowBundles {
  /** Results that one eager operation of TensorFlow's Java classes can have. */
  private static final int MOST_OUTPUTS = 1000;

  private TensorFlowBundles() {}

  /**
   * Writes a bundle with {@code SaveV2}.
   *
   * @param prefix path of the bundle without extension
   * @param tensors in the order of the data file
   */
  static void save(Path prefix, List<RawNumbers> tensors) {
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      List<Operand<?>> operands = new ArrayList<>();
      for (RawNumbers tensor : tensors) {
        operands.add(constant(tf, NumberTypes.classOf(tensor.type()), tensor));
      }
      tf.train.save(
          tf.constantOf(TString.scalarOf(prefix.toString())),
          strings(tf, tensors.stream().map(RawNumbers::name).toList()),
          strings(tf, tensors.stream().map(RawNumbers::slice).toList()),
          operands);
    }
  }

  private static <T extends TType> Constant<T> constant(Ops tf, Class<T> type, RawNumbers tensor) {
    ByteDataBuffer bytes = DataBuffers.of(tensor.bytes(), true, false);
    return tf.constantOf(org.tensorflow.Tensor.of(type, Shape.of(tensor.shape()), bytes));
  }

  /**
   * Reads all tensors with {@code RestoreV2}.
   *
   * @return their elements' bytes by name, row-major, little-endian
   */
  static Map<String, byte[]> restore(Path prefix, BundleIndex index) {
    List<TensorEntry> entries = List.copyOf(index.tensors().values());
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (int from = 0; from < entries.size(); from += MOST_OUTPUTS) {
      List<TensorEntry> some = entries.subList(from, Math.min(entries.size(), from + MOST_OUTPUTS));
      try (EagerSession session = EagerSession.create()) {
        Restore restored = restore(Ops.create(session), prefix, some);
        for (int i = 0; i < some.size(); i++) {
          ByteDataBuffer data = restored.tensors().get(i).asTensor().asRawTensor().data();
          byte[] bytes = new byte[Math.toIntExact(data.size())];
          data.read(bytes);
          contents.put(some.get(i).name(), bytes);
        }
      }
    }
    return contents;
  }

  /** Runs one {@code RestoreV2} on at most {@link #MOST_OUTPUTS} tensors of a bundle. */
  static Restore restore(Ops tf, Path prefix, Collection<TensorEntry> entries) {
    List<Class<? extends TType>> types = new ArrayList<>();
    entries.forEach(entry -> types.add(NumberTypes.classOf(entry.type())));
    return tf.train.restore(
        tf.constantOf(TString.scalarOf(prefix.toString())),
        strings(tf, entries.stream().map(TensorEntry::name).toList()),
        strings(tf, Collections.nCopies(entries.size(), "")),
        types);
  }

  private static Constant<TString> strings(Ops tf, List<String> texts) {
    return tf.constantOf(TString.vectorOf(texts.toArray(String[]::new)));
  }
}
