package io.github.electra4j.eval;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The one JSON form of a report. */
final class ReportJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ReportJson() {}

  static String of(EvalReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("task", report.task());
    root.put("split", report.split());
    root.put("examples", report.examples());
    root.put("partial", report.partial());
    root.put("main_metric", report.main().name());
    ObjectNode metrics = root.putObject("metrics");
    ArrayNode inPercent = root.putArray("in_percent");
    for (MetricValue metric : report.metrics()) {
      if (Double.isFinite(metric.value())) {
        metrics.put(metric.name(), metric.value());
      } else {
        metrics.putNull(metric.name());
      }
      if (metric.inPercent()) {
        inPercent.add(metric.name());
      }
    }
    addErrors(root, report);
    addProvenance(root, report.provenance());
    return root.toPrettyString() + "\n";
  }

  private static void addErrors(ObjectNode root, EvalReport report) {
    ObjectNode errors = MAPPER.createObjectNode();
    for (MetricValue metric : report.metrics()) {
      if (Double.isFinite(metric.standardError())) {
        errors.put(metric.name(), metric.standardError());
      }
    }
    if (!errors.isEmpty()) {
      root.set("stderr", errors);
    }
  }

  private static void addProvenance(ObjectNode root, Provenance provenance) {
    root.putObject("model")
        .put("name", provenance.model())
        .put("fingerprint", provenance.modelFingerprint());
    root.set("config", MAPPER.valueToTree(provenance.config()));
    root.put("seed", provenance.seed());
    ArrayNode data = root.putArray("data");
    for (DataFingerprint file : provenance.data()) {
      data.addObject()
          .put("file", file.file())
          .put("bytes", file.bytes())
          .put("sha256", file.sha256());
    }
    root.putObject("versions")
        .put("project", provenance.versions().project())
        .put("java", provenance.versions().java())
        .put("nd4j", provenance.versions().nd4j());
    root.put("date", provenance.date().toString());
  }
}
