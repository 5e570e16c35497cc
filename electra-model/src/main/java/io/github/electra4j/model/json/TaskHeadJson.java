package io.github.electra4j.model.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.List;

/** A fine-tuned head as JSON, e.g. {@code {"type":"classification","task":"sst","labels":[…]}}. */
final class TaskHeadJson {
  private static final String CLASSIFICATION = "classification";
  private static final String REGRESSION = "regression";
  private static final String TAGGING = "tagging";
  private static final String SPAN_ANSWER = "span_answer";
  private static final String PAIR_RANKING = "pair_ranking";
  private static final String INTENT_AND_SLOTS = "intent_and_slots";

  /** The kinds of heads. */
  static final List<String> TYPES =
      List.of(CLASSIFICATION, REGRESSION, TAGGING, SPAN_ANSWER, PAIR_RANKING, INTENT_AND_SLOTS);

  /** Number of dense layers, 1 if absent. */
  private static final String LAYERS = "layers";

  private TaskHeadJson() {}

  static TaskHead read(JsonFields fields) throws MalformedFileException {
    String type = fields.text("type");
    switch (type) {
      case CLASSIFICATION -> {
        fields.requireKnown(List.of("type", "task", "labels", LAYERS));
        return new TaskHead.Classification(
            fields.text("task"), fields.texts("labels"), layers(fields));
      }
      case REGRESSION -> {
        fields.requireKnown(List.of("type", "task", "minimum", "maximum", LAYERS));
        return new TaskHead.Regression(
            fields.text("task"),
            fields.number("minimum"),
            fields.number("maximum"),
            layers(fields));
      }
      case TAGGING -> {
        fields.requireKnown(List.of("type", "task", "labels"));
        return new TaskHead.Tagging(fields.text("task"), fields.texts("labels"));
      }
      case SPAN_ANSWER -> {
        return SpanAnswerJson.read(fields);
      }
      case PAIR_RANKING -> {
        fields.requireKnown(List.of("type", "task", LAYERS));
        return new TaskHead.PairRanking(fields.text("task"), layers(fields));
      }
      case INTENT_AND_SLOTS -> {
        fields.requireKnown(List.of("type", "task", "intents", "slots"));
        return new TaskHead.IntentAndSlots(
            fields.text("task"), fields.texts("intents"), fields.texts("slots"));
      }
      default -> throw fields.wrong("type", "one of " + TYPES);
    }
  }

  private static HeadLayers layers(JsonFields fields) throws MalformedFileException {
    int count = fields.positiveInt(LAYERS, 1);
    if (count > 2) {
      throw fields.wrong(LAYERS, "1 or 2");
    }
    return count == 2 ? HeadLayers.TWO : HeadLayers.ONE;
  }

  /** The head as an object of its own. */
  static ObjectNode write(TaskHead head) {
    return head.match(new Writer());
  }

  private static ObjectNode object(String type, TaskHead head) {
    return JsonFields.object().put("type", type).put("task", head.task());
  }

  private static ObjectNode put(ObjectNode object, String key, List<String> texts) {
    ArrayNode array = object.putArray(key);
    texts.forEach(array::add);
    return object;
  }

  private static ObjectNode layered(ObjectNode object, HeadLayers layers) {
    return layers == HeadLayers.TWO ? object.put(LAYERS, 2) : object;
  }

  private static final class Writer implements TaskHead.Cases<ObjectNode> {
    @Override
    public ObjectNode classification(TaskHead.Classification head) {
      return put(layered(object(CLASSIFICATION, head), head.layers()), "labels", head.labels());
    }

    @Override
    public ObjectNode regression(TaskHead.Regression head) {
      return layered(object(REGRESSION, head), head.layers())
          .put("minimum", head.minimum())
          .put("maximum", head.maximum());
    }

    @Override
    public ObjectNode tagging(TaskHead.Tagging head) {
      return put(object(TAGGING, head), "labels", head.labels());
    }

    @Override
    public ObjectNode spanAnswer(TaskHead.SpanAnswer head) {
      return SpanAnswerJson.write(head, object(SPAN_ANSWER, head));
    }

    @Override
    public ObjectNode pairRanking(TaskHead.PairRanking head) {
      return layered(object(PAIR_RANKING, head), head.layers());
    }

    @Override
    public ObjectNode intentAndSlots(TaskHead.IntentAndSlots head) {
      ObjectNode object = put(object(INTENT_AND_SLOTS, head), "intents", head.intents());
      return put(object, "slots", head.slots());
    }
  }
}
