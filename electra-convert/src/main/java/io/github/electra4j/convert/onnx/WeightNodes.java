package io.github.electra4j.convert.onnx;

import io.github.electra4j.convert.tensor.NarrowFloats;
import io.github.electra4j.convert.tensor.Precision;
import io.github.electra4j.convert.tensor.TensorMemory;
import io.github.electra4j.model.WeightMap;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of a model inside a graph, in the precision that was asked for. They keep the names
 * of the checkpoint; computed is in single precision, except for products of bytes.
 */
final class WeightNodes {
  private final OnnxGraph graph;
  private final WeightMap weights;
  private final Precision precision;
  private final Set<String> present = new HashSet<>();

  WeightNodes(OnnxGraph graph, WeightMap weights, Precision precision) {
    this.graph = graph;
    this.weights = weights;
    this.precision = precision;
  }

  OnnxGraph graph() {
    return graph;
  }

  /** A weight as single-precision numbers. */
  String floats(String name) {
    if (precision == Precision.FLOAT32 || precision == Precision.INT8) {
      return graph.initializer(stored(name, Precision.FLOAT32));
    }
    String single = name + "/float32";
    return present.add(single) ? single(single, narrow(name)) : single;
  }

  /** Rows of a table, {@code [batch, seq] -> [batch, seq, width]}. */
  String rows(String table, String ids, String output) {
    return switch (precision) {
      case FLOAT32 -> graph.node("Gather", output, List.of(floats(table), ids));
      case FLOAT16, BFLOAT16 ->
          single(output, graph.node("Gather", output + "/narrow", List.of(narrow(table), ids)));
      case INT8 -> {
        ByteMatrix bytes = ByteMatrix.ofRows(table, weights.get(table));
        String picked = graph.node("Gather", output + "/bytes", List.of(bytes.numbers(graph), ids));
        String scales =
            graph.node("Gather", output + "/scales", List.of(bytes.scalesAsColumn(graph), ids));
        yield graph.node("Mul", output, List.of(single(output + "/whole", picked), scales));
      }
    };
  }

  /** {@code input [.., in] · kernel [in, out]}. */
  String product(String input, String kernel, String output) {
    if (precision == Precision.INT8) {
      ByteMatrix bytes = ByteMatrix.ofColumns(kernel, weights.get(kernel));
      return byteProduct(input, bytes.numbers(graph), bytes.scales(graph), output);
    }
    return graph.node("MatMul", output, List.of(input, floats(kernel)));
  }

  /** {@code input [.., width] · tableᵀ}, where the table is {@code [rows, width]}. */
  String productWithTable(String input, String table, String output) {
    Attribute turn = Attribute.of("perm", new long[] {1, 0});
    if (precision == Precision.INT8) {
      ByteMatrix bytes = ByteMatrix.ofRows(table, weights.get(table));
      String turned =
          graph.node("Transpose", output + "/turned", List.of(bytes.numbers(graph)), turn);
      return byteProduct(input, turned, bytes.scales(graph), output);
    }
    String turned = graph.node("Transpose", output + "/turned", List.of(floats(table)), turn);
    return graph.node("MatMul", output, List.of(input, turned));
  }

  /** The input is rounded to bytes by its own range, the products are added as whole numbers. */
  private String byteProduct(String input, String bytes, String scales, String output) {
    String rounded = output + "/input";
    String scale = output + "/input_scale";
    String zero = output + "/input_zero";
    graph.nodes("DynamicQuantizeLinear", List.of(rounded, scale, zero), List.of(input));
    String whole = graph.node("MatMulInteger", output + "/whole", List.of(rounded, bytes, zero));
    String factor = graph.node("Mul", output + "/scale", List.of(scale, scales));
    return graph.node("Mul", output, List.of(single(output + "/single", whole), factor));
  }

  private String single(String output, String narrow) {
    return graph.node("Cast", output, List.of(narrow), Attribute.of("to", OnnxType.FLOAT.number()));
  }

  private String narrow(String name) {
    return graph.initializer(stored(name, precision));
  }

  private Initializer stored(String name, Precision kept) {
    INDArray array = weights.get(name);
    OnnxType type =
        switch (kept) {
          case FLOAT16 -> OnnxType.FLOAT16;
          case BFLOAT16 -> OnnxType.BFLOAT16;
          case FLOAT32, INT8 -> OnnxType.FLOAT;
        };
    return new Initializer(
        name,
        type,
        array.shape(),
        channel -> write(NarrowFloats.narrow(name, array, kept), channel));
  }

  private static void write(INDArray array, WritableByteChannel channel) throws IOException {
    INDArray dense = TensorMemory.dense(array);
    try {
      ByteBuffer bytes = TensorMemory.bytes(dense);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } finally {
      Reference.reachabilityFence(dense);
    }
  }
}
