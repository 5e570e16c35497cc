package io.github.electra4j.convert;

import io.github.electra4j.convert.huggingface.HeadForm;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.StreamedCheckpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.TensorSupply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A fine-tuned head as one of HuggingFace's.
 *
 * @param form HuggingFace's class
 * @param tensors by the names below the task that {@link HeadForm} knows
 * @param origins of which tensors of the head here each is made, by the same names; one that is
 *     made of none is absent
 * @param remarks how each is made, by the same names, where that is not as it is
 */
record HeadExport(
    HeadForm form,
    Map<String, TensorSupply> tensors,
    Map<String, List<String>> origins,
    Map<String, String> remarks) {
  private static final String ALONE =
      "To write the encoder alone, export the task feature-extraction";

  /**
   * The tensors of a head.
   *
   * @throws IllegalArgumentException if HuggingFace has no class that computes the same, naming the
   *     reason
   */
  static HeadExport of(StreamedCheckpoint checkpoint, TaskHead head) {
    return head.match(new Choice(checkpoint));
  }

  private record Choice(StreamedCheckpoint checkpoint) implements TaskHead.Cases<HeadExport> {
    @Override
    public HeadExport classification(TaskHead.Classification head) {
      return layered(HeadForm.SEQUENCES, head, head.layers());
    }

    @Override
    public HeadExport regression(TaskHead.Regression head) {
      return layered(HeadForm.SEQUENCES, head, head.layers());
    }

    @Override
    public HeadExport tagging(TaskHead.Tagging head) {
      return asTheyAre(HeadForm.TOKENS, head, "dense/kernel", "dense/bias");
    }

    @Override
    public HeadExport spanAnswer(TaskHead.SpanAnswer head) {
      if (head.settings().jointPrediction()) {
        throw refusal(head, "predicts the end of an answer from its start");
      }
      if (head.settings().answerability().isPresent()) {
        throw refusal(head, "has a classifier for questions without an answer");
      }
      Map<String, TensorSupply> tensors = new LinkedHashMap<>();
      Map<String, List<String>> origins = new LinkedHashMap<>();
      Map<String, String> remarks = new LinkedHashMap<>();
      for (String leaf : new String[] {"/kernel", "/bias"}) {
        TensorSupply start = tensor(head, "dense" + leaf);
        TensorSupply end = tensor(head, "dense_1" + leaf);
        tensors.put("spans" + leaf, joined(start, end));
        origins.put("spans" + leaf, List.of("dense" + leaf, "dense_1" + leaf));
        remarks.put("spans" + leaf, "start and end joined");
      }
      return new HeadExport(HeadForm.QUESTIONS, tensors, origins, remarks);
    }

    @Override
    public HeadExport pairRanking(TaskHead.PairRanking head) {
      return layered(HeadForm.CHOICES, head, head.layers());
    }

    @Override
    public HeadExport intentAndSlots(TaskHead.IntentAndSlots head) {
      throw refusal(head, "decides about a text and its words at once");
    }

    private HeadExport layered(HeadForm form, TaskHead head, HeadLayers layers) {
      TensorSupply kernel = tensor(head, "dense/kernel");
      TensorSupply bias = tensor(head, "dense/bias");
      if (layers == HeadLayers.ONE) {
        if (!SingleLayer.fits(head.outputs(), kernel.shape()[0])) {
          throw refusal(
              head,
              "has one layer with %d outputs, and HuggingFace's hidden layer of width %d has no room for each and its negative"
                  .formatted(head.outputs(), kernel.shape()[0]));
        }
        return new HeadExport(
            form,
            SingleLayer.asTwo(kernel, bias),
            Map.of("hidden/kernel", List.of("dense/kernel"), "dense/bias", List.of("dense/bias")),
            Map.of(
                "hidden/kernel",
                "every output and its negative, of which the next layer takes the difference"));
      }
      return asTheyAre(form, head, "hidden/kernel", "hidden/bias", "dense/kernel", "dense/bias");
    }

    private HeadExport asTheyAre(HeadForm form, TaskHead head, String... leaves) {
      Map<String, TensorSupply> tensors = new LinkedHashMap<>();
      Map<String, List<String>> origins = new LinkedHashMap<>();
      for (String leaf : leaves) {
        tensors.put(leaf, tensor(head, leaf));
        origins.put(leaf, List.of(leaf));
      }
      return new HeadExport(form, tensors, origins, Map.of());
    }

    private TensorSupply tensor(TaskHead head, String leaf) {
      return checkpoint.weights().get(TaskTensors.SCOPE + "/" + head.task() + "/" + leaf);
    }

    private static IllegalArgumentException refusal(TaskHead head, String what) {
      return new IllegalArgumentException(
          "The head for the task %s %s; no class of HuggingFace's ELECTRA computes that. %s"
              .formatted(head.task(), what, ALONE));
    }
  }

  /** Two layers of one output, side by side. */
  private static TensorSupply joined(TensorSupply start, TensorSupply end) {
    long[] shape = start.shape().clone();
    shape[shape.length - 1] = 2;
    return TensorSupply.reading(
        DataType.FLOAT,
        shape,
        () -> {
          INDArray both = Nd4j.createUninitialized(DataType.FLOAT, shape);
          start.with(array -> put(both, 0, array));
          end.with(array -> put(both, 1, array));
          return both;
        });
  }

  private static void put(INDArray both, int column, INDArray array) {
    for (long row = 0; row < array.length(); row++) {
      both.putScalar(2 * row + column, array.getFloat(row));
    }
  }
}
