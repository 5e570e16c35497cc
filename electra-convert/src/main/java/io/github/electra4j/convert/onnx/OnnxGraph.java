package io.github.electra4j.convert.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph under construction: values are known by their names, which are paths like those of the
 * weights, e.g. {@code electra/encoder/layer_0/attention/self/query/product}.
 */
final class OnnxGraph {
  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_NAME = 3;
  private static final int NODE_OPERATOR = 4;
  private static final int NODE_ATTRIBUTE = 5;

  private final List<ProtoWriter> nodes = new ArrayList<>();
  private final Map<String, Initializer> initializers = new LinkedHashMap<>();
  private final List<ProtoWriter> inputs = new ArrayList<>();
  private final List<ProtoWriter> outputs = new ArrayList<>();

  /** A node with one output; attributes come after inputs. */
  String node(String operator, String output, List<String> operands, Attribute... attributes) {
    nodes(operator, List.of(output), operands, attributes);
    return output;
  }

  /** A node with several outputs, which is named like the first. */
  void nodes(
      String operator, List<String> results, List<String> operands, Attribute... attributes) {
    ProtoWriter node = new ProtoWriter();
    operands.forEach(operand -> node.text(NODE_INPUT, operand));
    results.forEach(result -> node.text(NODE_OUTPUT, result));
    node.text(NODE_NAME, results.get(0)).text(NODE_OPERATOR, operator);
    Arrays.stream(attributes).forEach(each -> node.message(NODE_ATTRIBUTE, each.message()));
    nodes.add(node);
  }

  /** A tensor of the model, added on first use. */
  String initializer(Initializer tensor) {
    initializers.putIfAbsent(tensor.name(), tensor);
    return tensor.name();
  }

  /** A list of whole numbers. */
  String integers(long... numbers) {
    String name = "constant/integers/" + Arrays.toString(numbers).replace(" ", "");
    return whole(name, new long[] {numbers.length}, numbers);
  }

  /** A whole number without axes. */
  String integer(long number) {
    return whole("constant/integer/" + number, new long[0], number);
  }

  private String whole(String name, long[] shape, long... numbers) {
    ByteBuffer bytes = little(numbers.length * Long.BYTES);
    Arrays.stream(numbers).forEach(bytes::putLong);
    return constant(name, OnnxType.INT64, shape, bytes.flip());
  }

  /** A number without axes. */
  String number(float value) {
    ByteBuffer bytes = little(Float.BYTES).putFloat(value).flip();
    return constant("constant/number/" + value, OnnxType.FLOAT, new long[0], bytes);
  }

  private String constant(String name, OnnxType type, long[] shape, ByteBuffer bytes) {
    return initializer(
        new Initializer(name, type, shape, channel -> writeAll(bytes.duplicate(), channel)));
  }

  private static void writeAll(ByteBuffer bytes, WritableByteChannel channel)
      throws java.io.IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Something to be fed; an axis is a number or the name of a length that may vary. */
  String input(String name, OnnxType type, Object... axes) {
    inputs.add(ValueInfo.of(name, type, axes));
    return name;
  }

  /** A result. */
  void output(String name, OnnxType type, Object... axes) {
    outputs.add(ValueInfo.of(name, type, axes));
  }

  List<ProtoWriter> nodes() {
    return nodes;
  }

  List<Initializer> initializers() {
    return List.copyOf(initializers.values());
  }

  List<ProtoWriter> inputs() {
    return inputs;
  }

  List<ProtoWriter> outputs() {
    return outputs;
  }
}
