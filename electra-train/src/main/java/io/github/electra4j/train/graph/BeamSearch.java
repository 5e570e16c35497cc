package io.github.electra4j.train.graph;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.compute.Team;
import io.github.electra4j.model.compute.VectorMath;
import io.github.electra4j.model.graph.NativeFloats;
import io.github.electra4j.train.task.BestPositions;
import io.github.electra4j.train.task.HeadOutput;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The best starts of an answer and, for each, the best ends. The logit of an end is {@code w ·
 * gelu(s + t) + b} with the part s of the start and the part t of the end's token, so that nothing
 * as large as beam times tokens times hidden size is ever stored.
 */
final class BeamSearch {
  private final int beam;
  private final NativeFloats startPart; // [tokens, width]
  private final float[] tokenPart; // [tokens, width]
  private final float[] kernel; // [width]
  private final float bias;

  private BeamSearch(
      int beam, NativeFloats startPart, float[] tokenPart, float[] kernel, float bias) {
    this.beam = beam;
    this.startPart = startPart;
    this.tokenPart = tokenPart;
    this.kernel = kernel;
    this.bias = bias;
  }

  /**
   * A search over the tokens of a batch.
   *
   * @param startPart what every token contributes as a start, [tokens, width]
   * @param tokenPart what every token contributes as an end, [tokens, width]
   */
  static BeamSearch of(
      TaskHead.SpanAnswer head, INDArray startPart, INDArray tokenPart, WeightMap weights) {
    String layer = "task_specific/" + head.task() + "/dense_1/";
    NativeFloats tokens = NativeFloats.of(tokenPart);
    float[] copied = new float[tokens.length()];
    tokens.get(0, copied);
    return new BeamSearch(
        head.settings().beamSize(),
        NativeFloats.of(startPart),
        copied,
        weights.get(layer + "kernel").dup('c').ravel().toFloatVector(),
        weights.get(layer + "bias").getFloat(0));
  }

  /**
   * Searches every example.
   *
   * @param startLogits [examples, seq], lower by 1000 where no answer can be
   */
  List<HeadOutput.Beam> run(float[][] startLogits) {
    HeadOutput.Beam[] beams = new HeadOutput.Beam[startLogits.length];
    int seq = startLogits[0].length;
    int width = Math.min(beam, seq);
    for (int i = 0; i < beams.length; i++) {
      float[] logProbabilities = logSoftmax(startLogits[i]);
      int[] starts = BestPositions.of(logProbabilities, width);
      beams[i] =
          new HeadOutput.Beam(
              starts, pick(logProbabilities, starts), new int[width][], new float[width][]);
    }
    Team.run(
        beams.length * width,
        Team.threads(),
        (index, worker) -> follow(beams[index / width], index % width, index / width, startLogits));
    return List.of(beams);
  }

  private void follow(HeadOutput.Beam found, int rank, int example, float[][] startLogits) {
    float[] eligible = startLogits[example];
    int seq = eligible.length;
    float[] start = new float[kernel.length];
    startPart.get((long) (example * seq + found.starts()[rank]) * kernel.length, start);
    float[] sum = new float[kernel.length];
    float[] logits = new float[seq];
    for (int t = 0; t < seq; t++) {
      if (t > 0 && eligible[t] < SpanFeeds.PENALTY / 2) {
        logits[t] = SpanFeeds.PENALTY; // no token of the text; its own logit does not matter
      } else {
        logits[t] = logit(start, (example * seq + t) * kernel.length, sum);
      }
    }
    float[] logProbabilities = logSoftmax(logits);
    found.ends()[rank] = BestPositions.of(logProbabilities, found.starts().length);
    found.endLogProbabilities()[rank] = pick(logProbabilities, found.ends()[rank]);
  }

  private float logit(float[] start, int token, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = start[i] + tokenPart[token + i];
    }
    VectorMath.best().gelu(sum, sum, sum.length);
    float logit = 0;
    for (int i = 0; i < sum.length; i++) {
      logit += kernel[i] * sum[i];
    }
    return logit + bias;
  }

  /** {@code x − ln Σ e^x}. */
  static float[] logSoftmax(float[] logits) {
    float[] copy = logits.clone();
    float logSum = VectorMath.best().logSum(copy, copy.length);
    float[] out = new float[logits.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = logits[i] - logSum;
    }
    return out;
  }

  private static float[] pick(float[] values, int[] positions) {
    float[] picked = new float[positions.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[positions[i]];
    }
    return picked;
  }
}
