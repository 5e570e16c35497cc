package io.github.electra4j.model.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.List;

/** A fine-tuned head as JSON, e.g. {@code {"type":"classification","task":"sst","labels":[…]}}. */
final class TaskHeadJson {
  private static final String CLASSIFICATION = "classification";
  private static final String REGRESSION = "regression";

  private TaskHeadJson() {}

  static TaskHead read(JsonFields fields) throws MalformedFileException {
    String type = fields.text("type");
    switch (type) {
      case CLASSIFICATION -> {
        fields.requireKnown(List.of("type", "task", "labels"));
        return new TaskHead.Classification(fields.text("task"), fields.texts("labels"));
      }
      case REGRESSION -> {
        fields.requireKnown(List.of("type", "task", "minimum", "maximum"));
        return new TaskHead.Regression(
            fields.text("task"), fields.number("minimum"), fields.number("maximum"));
      }
      default -> throw fields.wrong("type", "\"classification\" or \"regression\"");
    }
  }

  /** The head as an object of its own. */
  static ObjectNode write(TaskHead head) {
    return head.match(
        new TaskHead.Cases<>() {
          @Override
          public ObjectNode classification(TaskHead.Classification head) {
            ObjectNode object =
                JsonFields.object().put("type", CLASSIFICATION).put("task", head.task());
            ArrayNode labels = object.putArray("labels");
            head.labels().forEach(labels::add);
            return object;
          }

          @Override
          public ObjectNode regression(TaskHead.Regression head) {
            return JsonFields.object()
                .put("type", REGRESSION)
                .put("task", head.task())
                .put("minimum", head.minimum())
                .put("maximum", head.maximum());
          }
        });
  }
}
