package io.github.electra4j.bench.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.electra4j.model.TokenBatch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** ONNX Runtime on an exported model. */
final class OnnxEncoder implements EncoderUnderTest {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxEncoder(Path model, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      this.session = environment.createSession(model.toString(), options);
    }
  }

  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public float[][] logits(TokenBatch batch) {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      inputs.put("input_ids", tensor(batch.inputIds()));
      inputs.put("attention_mask", tensor(batch.attentionMask()));
      inputs.put("token_type_ids", tensor(batch.tokenTypeIds()));
      inputs.keySet().retainAll(session.getInputNames());
      try (OrtSession.Result result = session.run(inputs)) {
        return (float[][]) result.get(0).getValue();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot run its model", e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(int[][] rows) throws OrtException {
    long[][] copy = new long[rows.length][rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length; column++) {
        copy[row][column] = rows[row][column];
      }
    }
    return OnnxTensor.createTensor(environment, copy);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close its session", e);
    }
  }
}
