package io.github.electra4j.train.graph;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.task.HeadOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the head of question answering computed, example by example. */
final class SpanReader {
  static final String STARTS = "start_logits";
  static final String ENDS = "end_logits";
  static final String START_PART = "start_part";
  static final String TOKEN_PART = "token_part";
  static final String UNANSWERABLE = "unanswerable";
  private static final float[] NOTHING = {};

  private final TaskHead.SpanAnswer head;
  private final Map<String, INDArray> arrays;
  private final int examples;

  SpanReader(TaskHead.SpanAnswer head, Map<String, INDArray> arrays, int examples) {
    this.head = head;
    this.arrays = arrays;
    this.examples = examples;
  }

  /** The outputs of all examples; the weights are those of the last layer of joint prediction. */
  List<HeadOutput> read(WeightMap weights) {
    float[][] starts = arrays.get(STARTS).toFloatMatrix();
    boolean joint = head.settings().jointPrediction();
    List<HeadOutput.Beam> beams =
        joint
            ? BeamSearch.of(head, arrays.get(START_PART), arrays.get(TOKEN_PART), weights)
                .run(starts)
            : List.of();
    float[][] ends = joint ? new float[0][] : arrays.get(ENDS).toFloatMatrix();
    INDArray logits = arrays.get(UNANSWERABLE);
    List<HeadOutput> outputs = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      outputs.add(
          new HeadOutput.SpanScores(
              starts[i],
              joint ? NOTHING : ends[i],
              joint ? beams.get(i) : HeadOutput.Beam.NONE,
              logits == null ? 0 : logits.getFloat(i, 0)));
    }
    return outputs;
  }
}
