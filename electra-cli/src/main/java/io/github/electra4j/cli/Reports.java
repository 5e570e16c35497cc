package io.github.electra4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.electra4j.eval.DataFingerprint;
import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.eval.Provenance;
import io.github.electra4j.eval.Versions;
import io.github.electra4j.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reports with everything that is needed to get their numbers again. */
final class Reports {
  private Reports() {}

  /**
   * Where the outputs came from.
   *
   * @param name of the model
   * @param checkpoint the model
   * @param config settings under the names of the options
   * @param seed of everything random
   * @param moreData files that were read besides the split, e.g. training data
   */
  record Origin(
      String name, Checkpoint checkpoint, Map<String, ?> config, long seed, List<Path> moreData) {
    Origin(String name, Checkpoint checkpoint, Map<String, ?> config, long seed) {
      this(name, checkpoint, config, seed, List.of());
    }
  }

  /** The report on a split with labels. */
  static EvalReport of(TaskSplit split, SplitScore score, Origin origin) throws IOException {
    List<DataFingerprint> data = new ArrayList<>();
    for (Path file : origin.moreData()) {
      data.add(DataFingerprint.of(file));
    }
    data.add(DataFingerprint.of(split.file()));
    Provenance provenance =
        new Provenance(
            origin.name(),
            WeightFingerprint.of(origin.checkpoint().weights()),
            origin.config(),
            origin.seed(),
            data,
            Versions.current(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS));
    return new EvalReport(
        split.head().task(),
        split.name(),
        split.size(),
        split.partial(),
        score.metrics(),
        provenance);
  }

  /** One report as a JSON object, several as an array of them. */
  static String json(List<EvalReport> reports) throws IOException {
    if (reports.size() == 1) {
      return reports.get(0).toJson();
    }
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode all = mapper.createArrayNode();
    for (EvalReport report : reports) {
      all.add(mapper.readTree(report.toJson()));
    }
    return all.toPrettyString() + "\n";
  }
}
