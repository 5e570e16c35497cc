package io.github.electra4j.convert.onnx;

import io.github.electra4j.model.ProjectVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a graph as an ONNX model, number by number, so that no more than one tensor is in memory.
 * The same graph gives the same bytes. A model that is too large for one message of protocol
 * buffers keeps its tensors in a second file, as ONNX's external data.
 */
final class OnnxFile {
  /** The first version of the operators that has LayerNormalization. */
  static final int OPERATORS = 17;

  /** The version of the file format that came with these operators. */
  private static final int FORMAT = 8;

  private static final String PRODUCER = "electra4j";

  private static final int MODEL_FORMAT = 1;
  private static final int MODEL_PRODUCER = 2;
  private static final int MODEL_PRODUCER_VERSION = 3;
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_OPERATORS = 8;
  private static final int MODEL_METADATA = 14;
  private static final int OPERATORS_VERSION = 2;
  private static final int ENTRY_KEY = 1;
  private static final int ENTRY_VALUE = 2;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_NAME = 2;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;
  private static final int TENSOR_AXIS = 1;
  private static final int TENSOR_TYPE = 2;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_BYTES = 9;
  private static final int TENSOR_EXTERNAL = 13;
  private static final int TENSOR_LOCATION = 14;
  private static final int EXTERNAL = 1;

  /** Tensors smaller than this stay in the model, where tools want to see them. */
  private static final long SMALL = 1024;

  private final String name;
  private final OnnxGraph graph;
  private final Map<String, String> metadata;

  /**
   * A model to be written.
   *
   * @param name of the graph
   * @param metadata what else to say, by key
   */
  OnnxFile(String name, OnnxGraph graph, Map<String, String> metadata) {
    this.name = name;
    this.graph = graph;
    this.metadata = new LinkedHashMap<>(metadata);
  }

  /**
   * Writes the model, and beside it {@code <name>_data} if it would be larger than {@code limit}.
   *
   * @param limit most bytes of the file
   * @return the files written
   */
  List<Path> write(Path file, long limit) throws IOException {
    List<Part> whole = inside(graph.initializers());
    boolean external = length(whole) > limit;
    String data = file.getFileName() + "_data";
    List<Part> parts = external ? outside(graph.initializers(), data) : whole;
    try (FileChannel channel = create(file)) {
      write(parts, channel);
    }
    if (!external) {
      return List.of(file);
    }
    Path beside = file.resolveSibling(data);
    try (FileChannel channel = create(beside)) {
      for (Initializer tensor : graph.initializers()) {
        if (tensor.size() >= SMALL) {
          tensor.content().writeTo(channel);
        }
      }
    }
    return List.of(file, beside);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Bytes of the file, and a tensor's that follow them. */
  private record Part(byte[] bytes, Initializer follows) {
    long length() {
      return bytes.length + (follows == null ? 0 : follows.size());
    }
  }

  private static long length(List<Part> parts) {
    return parts.stream().mapToLong(Part::length).sum();
  }

  private static void write(List<Part> parts, WritableByteChannel channel) throws IOException {
    for (Part part : parts) {
      ByteBuffer bytes = ByteBuffer.wrap(part.bytes());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (part.follows() != null) {
        part.follows().content().writeTo(channel);
      }
    }
  }

  private List<Part> inside(List<Initializer> tensors) {
    return model(tensors.stream().map(OnnxFile::whole).toList());
  }

  private static Part whole(Initializer tensor) {
    long size = tensor.size();
    byte[] header = describe(tensor).announce(TENSOR_BYTES, size).toBytes();
    ProtoWriter start = new ProtoWriter().announce(GRAPH_INITIALIZER, header.length + size);
    return new Part(concat(start.toBytes(), header), tensor);
  }

  private List<Part> outside(List<Initializer> tensors, String data) {
    List<Part> parts = new ArrayList<>();
    long offset = 0;
    for (Initializer tensor : tensors) {
      long size = tensor.size();
      if (size < SMALL) {
        parts.add(whole(tensor));
      } else {
        parts.add(reference(tensor, data, offset));
        offset += size;
      }
    }
    return model(parts);
  }

  private static Part reference(Initializer tensor, String data, long offset) {
    ProtoWriter message =
        describe(tensor)
            .message(TENSOR_EXTERNAL, entry("location", data))
            .message(TENSOR_EXTERNAL, entry("offset", Long.toString(offset)))
            .message(TENSOR_EXTERNAL, entry("length", Long.toString(tensor.size())))
            .number(TENSOR_LOCATION, EXTERNAL);
    return new Part(new ProtoWriter().message(GRAPH_INITIALIZER, message).toBytes(), null);
  }

  private static ProtoWriter describe(Initializer tensor) {
    ProtoWriter out = new ProtoWriter();
    for (long axis : tensor.shape()) {
      out.number(TENSOR_AXIS, axis);
    }
    return out.number(TENSOR_TYPE, tensor.type().number()).text(TENSOR_NAME, tensor.name());
  }

  /** The whole model around the messages of its tensors. */
  private List<Part> model(List<Part> tensors) {
    ProtoWriter before = new ProtoWriter();
    graph.nodes().forEach(node -> before.message(GRAPH_NODE, node));
    before.text(GRAPH_NAME, name);
    ProtoWriter after = new ProtoWriter();
    graph.inputs().forEach(input -> after.message(GRAPH_INPUT, input));
    graph.outputs().forEach(output -> after.message(GRAPH_OUTPUT, output));
    byte[] start = before.toBytes();
    byte[] end = after.toBytes();
    ProtoWriter head =
        new ProtoWriter()
            .number(MODEL_FORMAT, FORMAT)
            .text(MODEL_PRODUCER, PRODUCER)
            .text(MODEL_PRODUCER_VERSION, ProjectVersion.current())
            .announce(MODEL_GRAPH, start.length + length(tensors) + end.length);
    ProtoWriter tail =
        new ProtoWriter()
            .message(MODEL_OPERATORS, new ProtoWriter().number(OPERATORS_VERSION, OPERATORS));
    metadata.forEach((key, value) -> tail.message(MODEL_METADATA, entry(key, value)));
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(concat(head.toBytes(), start), null));
    parts.addAll(tensors);
    parts.add(new Part(concat(end, tail.toBytes()), null));
    return parts;
  }

  private static ProtoWriter entry(String key, String value) {
    return new ProtoWriter().text(ENTRY_KEY, key).text(ENTRY_VALUE, value);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
