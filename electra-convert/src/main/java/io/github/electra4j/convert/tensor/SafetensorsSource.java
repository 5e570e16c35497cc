package io.github.electra4j.convert.tensor;

import io.github.electra4j.model.storage.SafetensorsFile;
import io.github.electra4j.model.storage.SafetensorsType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A safetensors file as a source of tensors. */
public final class SafetensorsSource implements TensorSource {
  private final SafetensorsFile file;
  private final Map<String, StoredTensor> tensors;

  private SafetensorsSource(SafetensorsFile file) {
    this.file = file;
    Map<String, StoredTensor> byName = new LinkedHashMap<>();
    file.entries()
        .forEach(
            (name, entry) ->
                byName.put(name, new StoredTensor(name, type(entry.type()), entry.shape())));
    this.tensors = Collections.unmodifiableMap(byName);
  }

  /** Opens a file and checks its header. */
  public static SafetensorsSource open(Path file) throws IOException {
    return new SafetensorsSource(SafetensorsFile.open(file));
  }

  private static DataType type(SafetensorsType type) {
    return switch (type) {
      case F16 -> DataType.FLOAT16;
      case BF16 -> DataType.BFLOAT16;
      default -> type.readAs();
    };
  }

  @Override
  public String name() {
    return file.file().toString();
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  @Override
  public INDArray read(String name) throws IOException {
    return file.read(name);
  }

  /** Nothing is open between reads. */
  @Override
  public void close() {}
}
