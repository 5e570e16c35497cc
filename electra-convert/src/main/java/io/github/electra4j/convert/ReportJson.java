package io.github.electra4j.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.json.NativeConfig;
import io.github.electra4j.model.json.NativeConfigJson;
import java.util.List;
import java.util.Locale;

/** Reports as JSON. */
final class ReportJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReportJson() {}

  static String write(ConversionReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("source", report.source());
    root.set("config", config(report.config(), report.heads()));
    strings(root.putArray("reasons"), report.reasons());
    ArrayNode tensors = root.putArray("tensors");
    for (ConversionReport.Tensor tensor : report.tensors()) {
      ObjectNode node = tensor(tensors, tensor.name(), tensor.type(), tensor.shape());
      node.put("fate", tensor.fate().name().toLowerCase(Locale.ROOT));
      tensor.target().ifPresent(target -> node.put("target", target));
      node.put("transposed", tensor.transposed());
      node.put("remark", tensor.remark());
    }
    strings(root.putArray("notes"), report.notes());
    return root.toPrettyString();
  }

  static String write(Inspection inspection) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("source", inspection.source());
    root.put("format", inspection.format().name().toLowerCase(Locale.ROOT));
    root.put("parameters", inspection.parameters());
    root.put("optimizer_slots", inspection.slots());
    inspection.globalStep().ifPresent(step -> root.put("global_step", step));
    inspection
        .architecture()
        .ifPresent(
            architecture -> {
              root.set("config", config(architecture.config(), List.of()));
              ObjectNode outputs = root.putObject("task_outputs");
              architecture.heads().forEach(head -> outputs.put(head.task(), head.outputs()));
              strings(root.putArray("reasons"), architecture.reasons());
            });
    ArrayNode tensors = root.putArray("tensors");
    for (Inspection.Tensor tensor : inspection.tensors()) {
      tensor(tensors, tensor.name(), tensor.type(), tensor.shape())
          .put("parameters", tensor.parameters());
    }
    strings(root.putArray("problems"), inspection.problems());
    return root.toPrettyString();
  }

  private static ObjectNode tensor(ArrayNode list, String name, String type, long[] shape) {
    ObjectNode node = list.addObject().put("name", name).put("type", type);
    ArrayNode axes = node.putArray("shape");
    for (long axis : shape) {
      axes.add(axis);
    }
    return node;
  }

  private static JsonNode config(ElectraConfig config, List<TaskHead> heads) {
    try {
      return MAPPER.readTree(NativeConfigJson.write(new NativeConfig(config, heads)));
    } catch (JsonProcessingException e) {
      throw new AssertionError("the native configuration is JSON", e);
    }
  }

  private static void strings(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
