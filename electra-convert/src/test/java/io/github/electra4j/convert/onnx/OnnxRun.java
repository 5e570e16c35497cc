package io.github.electra4j.convert.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.electra4j.model.TokenBatch;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime with a model of ours. */
final class OnnxRun implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /** What came out: numbers and shape. */
  record Output(float[] values, long[] shape) {}

  OnnxRun(Path folder) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      this.session = environment.createSession(folder.resolve("model.onnx").toString(), options);
    }
  }

  /** The outputs for a batch of [batch, seq], or of [batch, choices, seq] if choices are given. */
  Map<String, Output> run(TokenBatch batch, long... outerShape) throws OrtException {
    long[] outer = outerShape.length == 0 ? new long[] {batch.batch()} : outerShape;
    long[] shape = Arrays.copyOf(outer, outer.length + 1);
    shape[outer.length] = batch.seq();
    try (OnnxTensor ids = tensor(batch.inputIds(), shape);
        OnnxTensor mask = tensor(batch.attentionMask(), shape);
        OnnxTensor types = tensor(batch.tokenTypeIds(), shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      Map<String, Output> outputs = new LinkedHashMap<>();
      for (Map.Entry<String, ai.onnxruntime.OnnxValue> each : result) {
        OnnxTensor tensor = (OnnxTensor) each.getValue();
        outputs.put(each.getKey(), new Output(floats(tensor), tensor.getInfo().getShape()));
      }
      return outputs;
    }
  }

  private static float[] floats(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    if (buffer != null) {
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }
    LongBuffer whole = tensor.getLongBuffer();
    float[] values = new float[whole.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = whole.get(i);
    }
    return values;
  }

  private OnnxTensor tensor(int[][] rows, long[] shape) throws OrtException {
    long[] flat = Arrays.stream(rows).flatMapToInt(Arrays::stream).asLongStream().toArray();
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(flat), shape);
  }

  /**
   * Name, element type and axes of every input and output, e.g. {@code logits FLOAT [batch, 3]}.
   */
  Map<String, String> inputs() throws OrtException {
    return described(session.getInputInfo());
  }

  Map<String, String> outputs() throws OrtException {
    return described(session.getOutputInfo());
  }

  private static Map<String, String> described(Map<String, NodeInfo> nodes) {
    Map<String, String> described = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          TensorInfo info = (TensorInfo) node.getInfo();
          StringBuilder axes = new StringBuilder(info.type.name());
          for (int i = 0; i < info.getShape().length; i++) {
            long length = info.getShape()[i];
            axes.append(' ').append(length < 0 ? info.getDimensionNames()[i] : length);
          }
          described.put(name, axes.toString());
        });
    return described;
  }

  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  String graphName() throws OrtException {
    return session.getMetadata().getGraphName();
  }

  String producer() throws OrtException {
    return session.getMetadata().getProducerName();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
