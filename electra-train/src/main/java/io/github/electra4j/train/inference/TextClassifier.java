package io.github.electra4j.train.inference;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.train.FineTunedModel;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TaskExample;
import io.github.electra4j.train.task.TaskTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labels for texts and pairs of texts. Made by {@link Electra#textClassifier}. */
public final class TextClassifier implements AutoCloseable {
  private final TaskHead.Classification head;
  private final TextWindows windows;
  private final FineTunedModel model;

  TextClassifier(LoadedModel loaded, TaskHead.Classification head) {
    this.head = head;
    this.windows = new TextWindows(loaded.tokenizer(), loaded.maxTokens());
    this.model = FineTunedModel.of(loaded.checkpoint(), head);
  }

  /**
   * The label of a text.
   *
   * @param label the most probable one
   * @param probabilities of all labels, in [0, 1], in the head's order; of a text that was read in
   *     windows the mean over them
   */
  public record Decision(String label, Map<String, Double> probabilities) {
    /** Copies the map. */
    public Decision {
      probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }
  }

  /** The labels that can be given. */
  public List<String> labels() {
    return head.labels();
  }

  /** The label of a text. */
  public Decision classify(String text) {
    return classify(text, "");
  }

  /** The label of a pair. */
  public Decision classify(String first, String second) {
    return classify(List.of(new TextPair(first, second))).get(0);
  }

  /** The labels of many pairs, in order; the second text of a pair may be empty. */
  public List<Decision> classify(List<TextPair> pairs) {
    List<TaskExample> examples = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (TextPair pair : pairs) {
      for (Encoding window : windows.of(pair)) {
        examples.add(
            TaskExample.of(
                examples.size(),
                head.task(),
                window.ids(),
                window.tokenTypeIds(),
                new TaskTarget.Label(0)));
      }
      ends.add(examples.size());
    }
    List<HeadOutput> outputs = model.answers(examples, LoadedModel.BATCH_SIZE, done -> {});
    List<Decision> decisions = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      decisions.add(decision(outputs.subList(from, end)));
      from = end;
    }
    return decisions;
  }

  private Decision decision(List<HeadOutput> windowOutputs) {
    double[] mean = new double[head.labels().size()];
    for (HeadOutput output : windowOutputs) {
      double[] probabilities = Probabilities.of(((HeadOutput.Scores) output).values());
      for (int i = 0; i < mean.length; i++) {
        mean[i] += probabilities[i] / windowOutputs.size();
      }
    }
    Map<String, Double> named = new LinkedHashMap<>();
    int best = 0;
    for (int i = 0; i < mean.length; i++) {
      named.put(head.labels().get(i), mean[i]);
      best = mean[i] > mean[best] ? i : best;
    }
    return new Decision(head.labels().get(best), named);
  }

  @Override
  public void close() {
    model.close();
  }
}
