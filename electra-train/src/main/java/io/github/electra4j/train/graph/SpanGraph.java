package io.github.electra4j.train.graph;

import io.github.electra4j.model.SpanSettings;
import io.github.electra4j.model.SpanSettings.Evidence;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.graph.RowSelection;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TaskTarget.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The answer to a question as a span: start logits, end logits that follow from a start or stand
 * alone, and the classifier for unanswerable questions (reference: finetune/qa/qa_tasks.py). There
 * is no dropout.
 *
 * <p>With joint prediction the end logits of a token are computed from its vector and that of the
 * start: in training of the right start, in prediction of the best starts ({@link BeamSearch}).
 */
record SpanGraph(TaskHead.SpanAnswer head) implements HeadGraph<Span> {
  private static final String START_TARGETS = "start_targets";
  private static final String END_TARGETS = "end_targets";
  private static final String IMPOSSIBLE = "impossible";

  @Override
  public Span filler() {
    return Span.UNKNOWN;
  }

  private SpanSettings settings() {
    return head.settings();
  }

  @Override
  public SDVariable losses(HeadScope scope) {
    SpanLayers layers = new SpanLayers(scope);
    SDVariable starts = layers.startLogits(); // [examples, seq]
    SDVariable ends =
        settings().jointPrediction() ? layers.endLogitsOfRightStart() : layers.endLogits();
    SDVariable startTargets = scope.numbers(START_TARGETS, -1, -1); // [examples, seq]
    SDVariable endTargets = scope.numbers(END_TARGETS, -1, -1); // [examples, seq]
    SDVariable spans =
        Losses.softmaxCrossEntropy(starts, startTargets)
            .add(Losses.softmaxCrossEntropy(ends, endTargets))
            .mul(0.5); // [examples]
    if (!settings().answerability().isPresent()) {
      return spans;
    }
    SDVariable logits = unanswerable(layers, starts); // [examples, 1]
    SDVariable impossible = scope.numbers(IMPOSSIBLE, -1, 1); // [examples, 1]
    SDVariable decision = Losses.sigmoidCrossEntropy(logits, impossible); // [examples, 1]
    return spans.sum().add(decision.sum().mul(settings().answerability().weight())); // scalar
  }

  private SDVariable unanswerable(SpanLayers layers, SDVariable starts) {
    int unnamed = 2; // dense layers before this one: the start's and the end's
    return settings().answerability().evidence() == Evidence.START_LOGITS
        ? layers.unanswerableByStarts(starts, unnamed)
        : layers.unanswerableByFirst(unnamed);
  }

  @Override
  public Map<String, SDVariable> outputs(HeadScope scope) {
    SpanLayers layers = new SpanLayers(scope);
    Map<String, SDVariable> outputs = new LinkedHashMap<>();
    SDVariable starts = layers.startLogits(); // [examples, seq]
    outputs.put(SpanReader.STARTS, starts);
    if (settings().jointPrediction()) {
      outputs.put(SpanReader.START_PART, layers.startPart()); // [tokens, qa hidden]
      outputs.put(SpanReader.TOKEN_PART, layers.tokenPart()); // [tokens, qa hidden]
    } else {
      outputs.put(SpanReader.ENDS, layers.endLogits()); // [examples, seq]
    }
    if (settings().answerability().isPresent()) {
      outputs.put(SpanReader.UNANSWERABLE, unanswerable(layers, starts)); // [examples, 1]
    }
    return outputs;
  }

  @Override
  public Map<String, INDArray> inputs(HeadBatch<Span> batch) {
    Map<String, INDArray> feeds = SpanFeeds.inputs(batch);
    if (settings().answerability().isPresent()) {
      feeds.put(
          SpanLayers.FIRST,
          org.nd4j.linalg.factory.Nd4j.createFromArray(
              RowSelection.firstTokens(batch.size(), batch.tokens().seq())));
    }
    return feeds;
  }

  @Override
  public Map<String, INDArray> targets(HeadBatch<Span> batch) {
    int seq = batch.tokens().seq();
    Map<String, INDArray> feeds = new LinkedHashMap<>();
    int[] starts = batch.targets().stream().mapToInt(Span::start).toArray();
    int[] ends = batch.targets().stream().mapToInt(Span::end).toArray();
    feeds.put(START_TARGETS, HeadFeeds.oneHot(starts, seq));
    feeds.put(END_TARGETS, HeadFeeds.oneHot(ends, seq));
    if (settings().jointPrediction()) {
      feeds.put(SpanLayers.RIGHT_STARTS, SpanFeeds.rightStarts(starts, seq));
    }
    if (settings().answerability().isPresent()) {
      feeds.put(IMPOSSIBLE, SpanFeeds.impossible(batch.targets()));
    }
    return feeds;
  }

  @Override
  public List<HeadOutput> read(
      Map<String, INDArray> arrays, HeadBatch<Span> batch, WeightMap weights) {
    return new SpanReader(head, arrays, batch.size()).read(weights);
  }
}
