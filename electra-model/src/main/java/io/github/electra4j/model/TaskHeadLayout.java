package io.github.electra4j.model;

import io.github.electra4j.model.SpanSettings.Evidence;
import io.github.electra4j.model.TensorSpec.Initializer;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensors of the heads of fine-tuning. The original leaves most dense layers without a name, so
 * that they are called {@code dense}, {@code dense_1}, {@code dense_2} in creation order.
 */
final class TaskHeadLayout implements TaskHead.Cases<List<TensorSpec>> {
  /** Width of the hidden layers of question answering. */
  private static final int QA_HIDDEN = 512;

  private final List<TensorSpec> specs = new ArrayList<>();
  private final String path;
  private final int hidden;
  private int unnamed;

  private TaskHeadLayout(String task, int hidden) {
    this.path = "task_specific/" + task + "/";
    this.hidden = hidden;
  }

  static List<TensorSpec> of(TaskHead head, int hidden) {
    return List.copyOf(head.match(new TaskHeadLayout(head.task(), hidden)));
  }

  @Override
  public List<TensorSpec> classification(TaskHead.Classification head) {
    return text(head.layers(), head.outputs());
  }

  @Override
  public List<TensorSpec> regression(TaskHead.Regression head) {
    return text(head.layers(), 1);
  }

  @Override
  public List<TensorSpec> tagging(TaskHead.Tagging head) {
    return dense(hidden, head.outputs());
  }

  @Override
  public List<TensorSpec> spanAnswer(TaskHead.SpanAnswer head) {
    dense(hidden, 1); // start
    if (head.settings().jointPrediction()) {
      layer("qa_hidden", 2 * hidden, QA_HIDDEN);
      dense(QA_HIDDEN, 1); // end, given a start
    } else {
      dense(hidden, 1); // end
    }
    Evidence evidence = head.settings().answerability().evidence();
    if (evidence == Evidence.START_LOGITS) {
      dense(2 * hidden, QA_HIDDEN);
      dense(QA_HIDDEN, 1);
    } else if (evidence == Evidence.FIRST_TOKEN) {
      dense(hidden, 1);
    }
    return specs;
  }

  @Override
  public List<TensorSpec> pairRanking(TaskHead.PairRanking head) {
    return text(head.layers(), 1);
  }

  @Override
  public List<TensorSpec> intentAndSlots(TaskHead.IntentAndSlots head) {
    dense(hidden, head.intents().size());
    return dense(hidden, head.slots().size());
  }

  private List<TensorSpec> text(HeadLayers layers, int outputs) {
    if (layers == HeadLayers.TWO) {
      layer("hidden", hidden, hidden);
    }
    return dense(hidden, outputs);
  }

  private List<TensorSpec> dense(int in, int out) {
    layer(unnamed == 0 ? "dense" : "dense_" + unnamed, in, out);
    unnamed++;
    return specs;
  }

  private void layer(String name, int in, int out) {
    specs.add(TensorSpec.trainable(path + name + "/kernel", Initializer.GLOROT_UNIFORM, in, out));
    specs.add(TensorSpec.trainable(path + name + "/bias", Initializer.ZEROS, out));
  }
}
