package io.github.electra4j.train.corpus;

import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.train.tfrecord.ExampleMessage;
import io.github.electra4j.train.tfrecord.FeatureList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Examples as the original stores them: three lists of whole numbers. */
final class ExampleCodec {
  private static final String IDS = "input_ids";
  private static final String MASK = "input_mask";
  private static final String TYPES = "segment_ids";

  private ExampleCodec() {}

  static byte[] encode(PackedExample example) {
    Map<String, FeatureList> features = new LinkedHashMap<>();
    features.put(IDS, longs(example.inputIds()));
    features.put(MASK, longs(example.attentionMask()));
    features.put(TYPES, longs(example.tokenTypeIds()));
    return ExampleMessage.encode(features);
  }

  private static FeatureList longs(int[] values) {
    return new FeatureList.Longs(IntStream.of(values).asLongStream().toArray());
  }

  /**
   * @param source what errors call the record
   */
  static PackedExample decode(byte[] record, String source) throws MalformedFileException {
    Map<String, FeatureList> features = ExampleMessage.decode(record, source);
    int[] ids = ints(features, IDS, Integer.MAX_VALUE, source);
    int[] mask = ints(features, MASK, 1, source);
    int[] types = ints(features, TYPES, 1, source);
    if (ids.length == 0 || mask.length != ids.length || types.length != ids.length) {
      throw MalformedFileException.in(
          source,
          "the example has %d values of %s, %d of %s and %d of %s; all must be equal and at least 1. Prepare the corpus again."
              .formatted(ids.length, IDS, mask.length, MASK, types.length, TYPES));
    }
    return new PackedExample(ids, mask, types);
  }

  private static int[] ints(
      Map<String, FeatureList> features, String name, int highest, String source)
      throws MalformedFileException {
    if (!(features.get(name) instanceof FeatureList.Longs list)) {
      throw MalformedFileException.in(
          source,
          "the example has no whole numbers named %s, only %s. Give files of pre-training examples."
              .formatted(name, features.keySet()));
    }
    int[] values = new int[list.size()];
    for (int i = 0; i < values.length; i++) {
      long value = list.values()[i];
      if (value < 0 || value > highest) {
        throw MalformedFileException.in(
            source,
            "%s[%d] is %d, but must be between 0 and %d. Prepare the corpus again."
                .formatted(name, i, value, highest));
      }
      values[i] = (int) value;
    }
    return values;
  }
}
