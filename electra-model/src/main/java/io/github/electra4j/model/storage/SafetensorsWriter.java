package io.github.electra4j.model.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes tensors in the safetensors format. Wider element types come first, otherwise the given
 * order is kept, so that every tensor starts at a multiple of its element's width.
 */
final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final JsonFactory JSON = new JsonFactory();

  private record Tensor(String name, SafetensorsType type, long[] shape, TensorSupply supply) {
    long size() {
      long size = type.width();
      for (long axis : shape) {
        size = Math.multiplyExact(size, axis);
      }
      return size;
    }
  }

  private final List<Tensor> tensors = new ArrayList<>();
  private final Map<String, String> metadata;

  SafetensorsWriter(Map<String, TensorSupply> supplies, Map<String, String> metadata) {
    this.metadata = metadata;
    supplies.forEach((name, supply) -> tensors.add(tensor(name, supply)));
    tensors.sort(Comparator.comparingInt((Tensor tensor) -> tensor.type().width()).reversed());
  }

  void writeTo(WritableByteChannel channel) throws IOException {
    ByteBuffer header = header();
    while (header.hasRemaining()) {
      channel.write(header);
    }
    for (Tensor tensor : tensors) {
      tensor
          .supply()
          .with(
              array -> {
                requireAsAnnounced(tensor, array);
                TensorBytes.write(array, channel);
              });
    }
  }

  private static Tensor tensor(String name, TensorSupply supply) {
    if (name.equals(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException(
          "No tensor can be called %s in a safetensors file; rename it".formatted(name));
    }
    SafetensorsType type =
        SafetensorsType.writing(supply.type())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Tensor %s is of type %s, which is not written; cast it to FLOAT"
                            .formatted(name, supply.type())));
    return new Tensor(name, type, supply.shape(), supply);
  }

  /** Length and text, padded with spaces so that the data starts at a multiple of 8. */
  private ByteBuffer header() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long position = 0;
      for (Tensor tensor : tensors) {
        long end = position + tensor.size();
        describe(json, tensor, position, end);
        position = end;
      }
      json.writeEndObject();
    }
    while (text.size() % ALIGNMENT != 0) {
      text.write(' ');
    }
    return ByteBuffer.allocate(SafetensorsHeader.PREFIX + text.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.size())
        .put(text.toByteArray())
        .flip();
  }

  private static void requireAsAnnounced(Tensor tensor, INDArray array) {
    if (TensorBytes.size(array) != tensor.size()
        || SafetensorsType.writing(array.dataType()).orElse(null) != tensor.type()) {
      throw new IllegalStateException(
          "Tensor %s was announced as %s %s, but its array is %s %s"
              .formatted(
                  tensor.name(),
                  tensor.type(),
                  Arrays.toString(tensor.shape()),
                  array.dataType(),
                  Arrays.toString(array.shape())));
    }
  }

  private static void describe(JsonGenerator json, Tensor tensor, long begin, long end)
      throws IOException {
    json.writeObjectFieldStart(tensor.name());
    json.writeStringField("dtype", tensor.type().name());
    json.writeFieldName("shape");
    json.writeArray(tensor.shape(), 0, tensor.shape().length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {begin, end}, 0, 2);
    json.writeEndObject();
  }
}
