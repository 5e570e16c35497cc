package io.github.electra4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.electra4j.model.json.JsonFields;
import io.github.electra4j.model.json.ReferenceConfigJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run of the original: its settings and the variables that its graph created. */
record LayoutCase(String name, JsonNode trace) {
  static LayoutCase parse(String name, byte[] json) throws IOException {
    return new LayoutCase(name, new ObjectMapper().readTree(json));
  }

  ElectraConfig config() throws IOException {
    return ReferenceConfigJson.ofHparams(
        JsonFields.parse(name, trace.required("config").toString()));
  }

  /** {@code name [shape]} of every model variable in creation order. */
  List<String> variables() {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : trace.required("variables").properties()) {
      if (!TensorLayout.isIgnorable(entry.getKey())) {
        List<String> axes = new ArrayList<>();
        entry.getValue().forEach(axis -> axes.add(axis.asText()));
        lines.add(entry.getKey() + " [" + String.join(", ", axes) + "]");
      }
    }
    return lines;
  }
}
