package io.github.electra4j.convert;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TensorLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors of a configuration as a file's table would list them. */
final class Shapes {
  private Shapes() {}

  /** Names and shapes of all weights of {@code config}; may be changed by the caller. */
  static Map<String, long[]> of(ElectraConfig config) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    TensorLayout.of(config).forEach(spec -> shapes.put(spec.name(), spec.shape()));
    return shapes;
  }

  /** The same under BERT's names, with BERT's pooler, heads, slots and step. */
  static Map<String, long[]> bert(ElectraConfig encoderOnly) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    of(encoderOnly)
        .forEach(
            (name, shape) -> {
              String renamed = name.replaceFirst("^electra/", "bert/");
              shapes.put(renamed, shape);
              shapes.put(renamed + "/adam_m", shape);
              shapes.put(renamed + "/adam_v", shape);
            });
    long hidden = encoderOnly.encoder().hiddenSize();
    shapes.put("bert/pooler/dense/kernel", new long[] {hidden, hidden});
    shapes.put("bert/pooler/dense/bias", new long[] {hidden});
    shapes.put("cls/predictions/output_bias", new long[] {encoderOnly.vocabSize()});
    shapes.put("cls/seq_relationship/output_weights", new long[] {2, hidden});
    shapes.put("cls/seq_relationship/output_bias", new long[] {2});
    shapes.put("global_step", new long[0]);
    return shapes;
  }
}
