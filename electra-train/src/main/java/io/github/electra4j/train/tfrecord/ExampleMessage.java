package io.github.electra4j.train.tfrecord;

import io.github.electra4j.model.storage.MalformedFileException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * TensorFlow's {@code tf.train.Example}: named lists of numbers or strings, as a record's bytes.
 * Lists are written packed and read either way; fields that are not known are passed over.
 */
public final class ExampleMessage {
  private static final int FEATURES = 1; // Example.features
  private static final int FEATURE = 1; // Features.feature
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int BYTES_LIST = 1;
  private static final int FLOAT_LIST = 2;
  private static final int INT64_LIST = 3;
  private static final int LIST_VALUE = 1;

  private ExampleMessage() {}

  /** The bytes of an example, features in the order of the map. */
  public static byte[] encode(Map<String, FeatureList> features) {
    ByteArrayOutputStream entries = new ByteArrayOutputStream(1024);
    features.forEach(
        (name, values) -> {
          ByteArrayOutputStream entry = new ByteArrayOutputStream(512);
          field(entry, KEY, name.getBytes(StandardCharsets.UTF_8));
          field(entry, VALUE, feature(values));
          field(entries, FEATURE, entry.toByteArray());
        });
    ByteArrayOutputStream example = new ByteArrayOutputStream(1024);
    field(example, FEATURES, entries.toByteArray());
    return example.toByteArray();
  }

  private static byte[] feature(FeatureList values) {
    ByteArrayOutputStream list = new ByteArrayOutputStream(256);
    ByteArrayOutputStream feature = new ByteArrayOutputStream(256);
    if (values instanceof FeatureList.Longs longs) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream(2 * longs.size());
      for (long value : longs.values()) {
        varint(packed, value);
      }
      field(list, LIST_VALUE, packed.toByteArray());
      field(feature, INT64_LIST, list.toByteArray());
    } else if (values instanceof FeatureList.Floats floats) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream(Float.BYTES * floats.size());
      for (float value : floats.values()) {
        int bits = Float.floatToIntBits(value);
        for (int i = 0; i < Float.BYTES; i++) {
          packed.write(bits >>> (8 * i));
        }
      }
      field(list, LIST_VALUE, packed.toByteArray());
      field(feature, FLOAT_LIST, list.toByteArray());
    } else {
      ((FeatureList.Bytes) values).values().forEach(value -> field(list, LIST_VALUE, value));
      field(feature, BYTES_LIST, list.toByteArray());
    }
    return feature.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] content) {
    out.write(number << 3 | MessageReader.LENGTH_DELIMITED);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /**
   * The features of an example; one without values of a kind is left out.
   *
   * @param source what errors call it, e.g. {@code a.tfrecord, record 3}
   * @throws MalformedFileException if the bytes are not an example
   */
  public static Map<String, FeatureList> decode(byte[] message, String source)
      throws MalformedFileException {
    Map<String, FeatureList> features = new LinkedHashMap<>();
    MessageReader example = MessageReader.of(source, message);
    while (example.next()) {
      if (example.is(FEATURES, MessageReader.LENGTH_DELIMITED)) {
        MessageReader entries = example.message();
        while (entries.next()) {
          if (entries.is(FEATURE, MessageReader.LENGTH_DELIMITED)) {
            entry(entries.message(), features);
          } else {
            entries.skip();
          }
        }
      } else {
        example.skip();
      }
    }
    return features;
  }

  private static void entry(MessageReader entry, Map<String, FeatureList> features)
      throws MalformedFileException {
    String name = "";
    FeatureList values = null;
    while (entry.next()) {
      if (entry.is(KEY, MessageReader.LENGTH_DELIMITED)) {
        name = entry.message().text();
      } else if (entry.is(VALUE, MessageReader.LENGTH_DELIMITED)) {
        values = feature(entry.message());
      } else {
        entry.skip();
      }
    }
    if (values != null) {
      features.put(name, values);
    }
  }

  private static FeatureList feature(MessageReader feature) throws MalformedFileException {
    FeatureList values = null;
    while (feature.next()) {
      if (feature.is(INT64_LIST, MessageReader.LENGTH_DELIMITED)) {
        values = new FeatureList.Longs(longs(feature.message()));
      } else if (feature.is(FLOAT_LIST, MessageReader.LENGTH_DELIMITED)) {
        values = new FeatureList.Floats(floats(feature.message()));
      } else if (feature.is(BYTES_LIST, MessageReader.LENGTH_DELIMITED)) {
        values = new FeatureList.Bytes(strings(feature.message()));
      } else {
        feature.skip();
      }
    }
    return values;
  }

  private static long[] longs(MessageReader list) throws MalformedFileException {
    long[] values = {};
    int count = 0;
    while (list.next()) {
      if (list.is(LIST_VALUE, MessageReader.LENGTH_DELIMITED)) {
        MessageReader packed = list.message();
        values = Arrays.copyOf(values, count + packed.varints());
        while (!packed.isAtEnd()) {
          if (count == values.length) {
            throw packed.malformed("a number is cut off");
          }
          values[count++] = packed.varint();
        }
      } else if (list.is(LIST_VALUE, MessageReader.VARINT)) {
        if (count == values.length) {
          values = Arrays.copyOf(values, Math.max(16, 2 * count));
        }
        values[count++] = list.varint();
      } else {
        list.skip();
      }
    }
    return Arrays.copyOf(values, count);
  }

  private static float[] floats(MessageReader list) throws MalformedFileException {
    float[] values = {};
    int count = 0;
    while (list.next()) {
      if (list.is(LIST_VALUE, MessageReader.LENGTH_DELIMITED)) {
        MessageReader packed = list.message();
        values = Arrays.copyOf(values, count + packed.left() / Float.BYTES);
        while (count < values.length) {
          values[count++] = Float.intBitsToFloat(packed.fixed32());
        }
        if (!packed.isAtEnd()) {
          throw packed.malformed("a packed list of floats does not end with one");
        }
      } else if (list.is(LIST_VALUE, MessageReader.FIXED32)) {
        values = Arrays.copyOf(values, count + 1);
        values[count++] = Float.intBitsToFloat(list.fixed32());
      } else {
        list.skip();
      }
    }
    return values;
  }

  private static List<byte[]> strings(MessageReader list) throws MalformedFileException {
    List<byte[]> values = new ArrayList<>();
    while (list.next()) {
      if (list.is(LIST_VALUE, MessageReader.LENGTH_DELIMITED)) {
        values.add(list.message().rest());
      } else {
        list.skip();
      }
    }
    return values;
  }
}
