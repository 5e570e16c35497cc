package io.github.electra4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file read by code that shares nothing with the product's reader, every number
 * widened to {@code double}.
 */
public final class GoldenTensors {
  private final Path file;
  private final Map<String, Tensor> tensors;

  private GoldenTensors(Path file, Map<String, Tensor> tensors) {
    this.file = file;
    this.tensors = tensors;
  }

  /** One tensor: its shape and its elements in row-major order. */
  public record Tensor(String dtype, long[] shape, double[] values) {
    /** The elements as {@code float}. */
    public float[] floats() {
      float[] out = new float[values.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) values[i];
      }
      return out;
    }

    /** The elements as {@code int}, in the shape {@code [rows][columns]} of a rank-2 tensor. */
    public int[][] intRows() {
      int rows = Math.toIntExact(shape[0]);
      int columns = Math.toIntExact(shape[1]);
      int[][] out = new int[rows][columns];
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          out[r][c] = (int) values[r * columns + c];
        }
      }
      return out;
    }
  }

  /** Reads the whole file. */
  public static GoldenTensors read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = Math.toIntExact(bytes.getLong());
    byte[] header = new byte[headerLength];
    bytes.get(header);
    int base = 8 + headerLength;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    JsonNode root = new ObjectMapper().readTree(new String(header, StandardCharsets.UTF_8));
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensors.put(entry.getKey(), tensor(entry.getValue(), bytes, base));
      }
    }
    return new GoldenTensors(file, Collections.unmodifiableMap(tensors));
  }

  private static Tensor tensor(JsonNode description, ByteBuffer bytes, int base) {
    String dtype = description.get("dtype").asText();
    long[] shape = new long[description.get("shape").size()];
    int count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = description.get("shape").get(i).asLong();
      count = Math.toIntExact(count * shape[i]);
    }
    int at = base + description.get("data_offsets").get(0).asInt();
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (dtype) {
            case "F32" -> bytes.getFloat(at + 4 * i);
            case "F64" -> bytes.getDouble(at + 8 * i);
            case "I32" -> bytes.getInt(at + 4 * i);
            case "I64" -> bytes.getLong(at + 8 * i);
            case "U8", "BOOL", "I8" -> bytes.get(at + i);
            default -> throw new AssertionError("dtype " + dtype + " in a golden file");
          };
    }
    return new Tensor(dtype, shape, values);
  }

  /** The names of all tensors, in file order. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** The tensor of that name; its absence fails the test. */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new AssertionError(file + " has no tensor " + name + "; it has " + tensors.keySet());
    }
    return tensor;
  }
}
