package io.github.electra4j.cli;

import io.github.electra4j.eval.DataFingerprint;
import io.github.electra4j.eval.EvalReport;
import io.github.electra4j.eval.Provenance;
import io.github.electra4j.eval.Versions;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.TaskHead;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What a reader of a fine-tuned model wants to know, in Markdown. The facts are filled in; what
 * only its maker knows is asked for in italics.
 */
final class ModelCard {
  /** Sections with what their author should say; docs/MODEL_CARD.md has the same. */
  static final Map<String, String> ASKED =
      Map.of(
          "Intended use",
          "For what and for whom it was made, and what it should not be used for.",
          "Training data",
          "Where the texts come from, whose they are, under which license, in which language, who"
              + " labelled them and how.",
          "Evaluation",
          "How far the evaluation data is like the use, and what a person or a simple rule reaches"
              + " on it.",
          "Limits and risks",
          "On which inputs it fails, what a wrong answer costs, which groups it may treat worse,"
              + " and how that was looked at.",
          "License",
          "That of this model; it may not be wider than those of the base model and of the data"
              + " allow.");

  private final List<EvalReport> reports;
  private final Checkpoint model;

  private ModelCard(List<EvalReport> reports, Checkpoint model) {
    this.reports = reports;
    this.model = model;
  }

  /**
   * The card of a run.
   *
   * @param reports of the finished model, one per task, at least one
   */
  static String of(List<EvalReport> reports, Checkpoint model) {
    return new ModelCard(reports, model).text();
  }

  private String text() {
    Provenance origin = reports.get(0).provenance();
    StringJoiner text = new StringJoiner("\n", "", "\n");
    String tasks = String.join(", ", reports.stream().map(EvalReport::task).toList());
    text.add("# %s, fine-tuned for %s".formatted(origin.model(), tasks)).add("");
    facts(text, origin);
    asked(text, "Intended use");
    asked(text, "Training data");
    data(text);
    text.add("").add("## Training").add("");
    text.add("Seed %d, with the settings".formatted(origin.seed())).add("");
    text.add("| setting | value |").add("|---|---|");
    origin.config().forEach((name, value) -> text.add("| %s | %s |".formatted(name, value)));
    asked(text, "Evaluation");
    text.add("").add(EvalReport.table(reports).stripTrailing());
    asked(text, "Limits and risks");
    asked(text, "License");
    return text.toString();
  }

  private void facts(StringJoiner text, Provenance origin) {
    EncoderConfig encoder = model.config().encoder();
    Versions versions = origin.versions();
    text.add("| | |").add("|---|---|");
    text.add("| base model | %s |".formatted(origin.model()));
    model.heads().forEach(head -> text.add(head(head)));
    text.add(
        String.format(
            Locale.ROOT,
            "| size | ELECTRA, %d layers of width %d, %,d parameters, reads %d tokens |",
            encoder.layers(),
            encoder.hiddenSize(),
            model.weights().parameterCount(),
            model.config().maxPositions()));
    text.add("| weights | `%s` |".formatted(origin.modelFingerprint()));
    text.add(
        "| made by | electra4j %s, ND4J %s, Java %s |"
            .formatted(versions.project(), versions.nd4j(), versions.java()));
    text.add("| date | %s |".formatted(origin.date().atOffset(ZoneOffset.UTC).toLocalDate()));
  }

  private static String head(TaskHead head) {
    String kind = head.getClass().getSimpleName();
    String labels =
        head instanceof TaskHead.Classification classes
            ? ", labels " + String.join(", ", classes.labels())
            : head instanceof TaskHead.Tagging tags
                ? ", labels " + String.join(", ", tags.labels())
                : "";
    return "| task | %s: %s%s |".formatted(head.task(), kind, labels.replace("|", "\\|"));
  }

  private static void asked(StringJoiner text, String section) {
    text.add("").add("## " + section).add("").add("*%s*".formatted(ASKED.get(section)));
  }

  private void data(StringJoiner text) {
    Set<DataFingerprint> files = new LinkedHashSet<>();
    reports.forEach(report -> files.addAll(report.provenance().data()));
    text.add("").add("| file | bytes | SHA-256 |").add("|---|---|---|");
    for (DataFingerprint file : files) {
      text.add("| %s | %d | `%s` |".formatted(file.file(), file.bytes(), file.sha256()));
    }
  }
}
