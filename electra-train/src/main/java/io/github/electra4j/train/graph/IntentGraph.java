package io.github.electra4j.train.graph;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.model.graph.Dense;
import io.github.electra4j.train.task.HeadOutput;
import io.github.electra4j.train.task.TaskTarget.IntentAndTags;
import io.github.electra4j.train.task.TaskTarget.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The intent of an utterance, as a classification does it, and the labels of its words, as a tagger
 * does it, learned together: the losses are added.
 */
record IntentGraph(TaskHead.IntentAndSlots head) implements HeadGraph<IntentAndTags> {
  private static final String FIRST_ROWS = "first_rows";
  private static final String WORD_ROWS = "word_rows";
  private static final String INTENT_TARGETS = "intent_targets";
  private static final String SLOT_TARGETS = "slot_targets";
  private static final String INTENTS = "intents";
  private static final String SLOTS = "slots";

  @Override
  public IntentAndTags filler() {
    return new IntentAndTags(0, new Tags(new int[0], new int[0]));
  }

  private static SDVariable intents(HeadScope scope) {
    return Dense.build(scope.layer("dense"), scope.droppedFirst(FIRST_ROWS)); // [examples, labels]
  }

  private static SDVariable slots(HeadScope scope) {
    SDVariable words = scope.rows(WORD_ROWS, scope.vectors()); // [words, hidden]
    return Dense.build(scope.layer("dense_1"), words); // [words, labels]
  }

  @Override
  public SDVariable losses(HeadScope scope) {
    SDVariable intentTargets = scope.numbers(INTENT_TARGETS, -1, head.intents().size());
    SDVariable slotTargets = scope.numbers(SLOT_TARGETS, -1, head.slots().size());
    SDVariable ofIntents = Losses.softmaxCrossEntropy(intents(scope), intentTargets); // [examples]
    SDVariable ofSlots = Losses.softmaxCrossEntropy(slots(scope), slotTargets); // [words]
    return ofIntents.sum().add(ofSlots.sum()); // scalar
  }

  @Override
  public Map<String, SDVariable> outputs(HeadScope scope) {
    return Map.of(INTENTS, intents(scope), SLOTS, slots(scope));
  }

  private static List<Tags> tags(HeadBatch<IntentAndTags> batch) {
    return batch.targets().stream().map(IntentAndTags::slots).toList();
  }

  @Override
  public Map<String, INDArray> inputs(HeadBatch<IntentAndTags> batch) {
    return Map.of(
        FIRST_ROWS, HeadFeeds.firstRows(batch), WORD_ROWS, HeadFeeds.wordRows(batch, tags(batch)));
  }

  @Override
  public Map<String, INDArray> targets(HeadBatch<IntentAndTags> batch) {
    int[] indices = batch.targets().stream().mapToInt(IntentAndTags::intent).toArray();
    return Map.of(
        INTENT_TARGETS, HeadFeeds.oneHot(indices, head.intents().size()),
        SLOT_TARGETS, HeadFeeds.wordTargets(tags(batch), head.slots().size()));
  }

  @Override
  public List<HeadOutput> read(
      Map<String, INDArray> arrays, HeadBatch<IntentAndTags> batch, WeightMap weights) {
    float[][] intents = arrays.get(INTENTS).toFloatMatrix();
    float[][] slots = arrays.get(SLOTS).toFloatMatrix();
    List<Tags> tags = tags(batch);
    List<HeadOutput> outputs = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      outputs.add(new HeadOutput.IntentScores(intents[i], HeadFeeds.wordLogits(slots, tags, i)));
    }
    return outputs;
  }
}
