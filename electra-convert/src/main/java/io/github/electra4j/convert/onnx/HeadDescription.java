package io.github.electra4j.convert.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.TaskHead;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model says about its head, as ONNX's metadata: names and values that are texts. */
final class HeadDescription implements TaskHead.Cases<Map<String, String>> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TASK = "task";

  private final Map<String, String> entries = new LinkedHashMap<>();

  private HeadDescription() {}

  static Map<String, String> of(TaskHead head) {
    HeadDescription description = new HeadDescription();
    description.entries.put("head", head.task());
    return head.match(description);
  }

  @Override
  public Map<String, String> classification(TaskHead.Classification head) {
    return labelled("text-classification", "labels", head.labels());
  }

  @Override
  public Map<String, String> regression(TaskHead.Regression head) {
    entries.put(TASK, "text-regression");
    entries.put("label_factor", Double.toString(head.maximum()));
    entries.put("label_offset", Double.toString(head.minimum()));
    return entries;
  }

  @Override
  public Map<String, String> tagging(TaskHead.Tagging head) {
    return labelled("token-classification", "labels", head.labels());
  }

  @Override
  public Map<String, String> spanAnswer(TaskHead.SpanAnswer head) {
    entries.put(TASK, "question-answering");
    entries.put("max_answer_length", Integer.toString(head.settings().choice().maxAnswerLength()));
    return entries;
  }

  @Override
  public Map<String, String> pairRanking(TaskHead.PairRanking head) {
    entries.put(TASK, "multiple-choice");
    return entries;
  }

  @Override
  public Map<String, String> intentAndSlots(TaskHead.IntentAndSlots head) {
    labelled("intent-and-slots", "intents", head.intents());
    return labelled("intent-and-slots", "slots", head.slots());
  }

  private Map<String, String> labelled(String task, String key, List<String> labels) {
    entries.put(TASK, task);
    try {
      entries.put(key, JSON.writeValueAsString(labels));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a list of texts is JSON", e);
    }
    return entries;
  }
}
