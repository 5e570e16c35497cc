package io.github.electra4j.cli;

import io.github.electra4j.eval.dataset.TextColumns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which columns of somebody's own file hold what. */
@OptionGroup(OptionGroup.INPUT)
final class OwnDataArguments {
  private static final String TEXT = "text-column";
  private static final String PAIR = "pair-column";
  private static final String LABEL = "label-column";

  @Option(
      names = "--" + TEXT,
      paramLabel = "NAME",
      description = {
        "Own CSV, TSV or JSONL file: column of the text, or of the first of a pair.",
        "  Default: text, or as the run was trained"
      })
  private String text;

  @Option(
      names = "--" + PAIR,
      paramLabel = "NAME",
      description = {
        "Own file: column of the second text of a pair.",
        "  Default: none, or as the run was trained"
      })
  private String pair;

  @Option(
      names = "--" + LABEL,
      paramLabel = "NAME",
      description = {
        "Own file: column of the class or score.",
        "  Default: label, or as the run was trained"
      })
  private String label;

  /** Whether any column was named. */
  boolean isGiven() {
    return text != null || pair != null || label != null;
  }

  /** The columns of a file that nothing else is known of. */
  TextColumns where() {
    return where(Map.of());
  }

  /**
   * The columns.
   *
   * @param usual names by option, e.g. those that a run was trained with
   */
  TextColumns where(Map<String, String> usual) {
    return new TextColumns(
        text != null ? text : usual.getOrDefault(TEXT, "text"),
        Optional.ofNullable(pair != null ? pair : usual.get(PAIR)),
        Optional.of(label != null ? label : usual.getOrDefault(LABEL, "label")));
  }

  /** The columns under the names of the options. */
  static Map<String, String> named(TextColumns where) {
    Map<String, String> named = new LinkedHashMap<>();
    named.put(TEXT, where.text());
    where.pair().ifPresent(name -> named.put(PAIR, name));
    where.label().ifPresent(name -> named.put(LABEL, name));
    return named;
  }
}
