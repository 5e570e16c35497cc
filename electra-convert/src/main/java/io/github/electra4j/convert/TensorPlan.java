package io.github.electra4j.convert;

import io.github.electra4j.convert.ConversionReport.Fate;
import io.github.electra4j.convert.tensorflow.TensorEntry;
import io.github.electra4j.convert.tensorflow.TensorType;
import io.github.electra4j.model.OptimizerState;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.storage.MalformedFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What becomes of every tensor of a bundle, decided from names, types and shapes before a number is
 * read.
 */
final class TensorPlan {
  static final String STEP = "global_step";
  private static final String STRAY = "generator_predictions/temperature";

  private final String source;
  private final ImportOptions options;
  private final Map<String, ConversionReport.Tensor> rows = new TreeMap<>();
  private final Map<String, TensorEntry> weights = new LinkedHashMap<>();
  private final Map<String, TensorEntry> slots = new LinkedHashMap<>();
  private Optional<TensorEntry> step = Optional.empty();

  /** Candidates by the name that they would have in the result. */
  private final Map<String, TensorEntry> candidates = new LinkedHashMap<>();

  private TensorPlan(String source, ImportOptions options) {
    this.source = source;
    this.options = options;
  }

  /** Leaves out what is to be ignored and renames what is BERT's. */
  static TensorPlan of(String source, Collection<TensorEntry> entries, ImportOptions options)
      throws MalformedFileException {
    TensorPlan plan = new TensorPlan(source, options);
    if (options.fromBert()) {
      BertNames.require(source, entries.stream().map(TensorEntry::name).toList());
    }
    NamePatterns patterns = new NamePatterns(options.ignore());
    for (TensorEntry entry : entries) {
      plan.consider(entry, patterns);
    }
    return plan;
  }

  private void consider(TensorEntry entry, NamePatterns patterns) {
    String name = entry.name();
    Optional<String> pattern = patterns.matching(name);
    if (pattern.isPresent()) {
      row(entry, Fate.IGNORED, "as asked by \"%s\"".formatted(pattern.get()));
      return;
    }
    if (!options.fromBert()) {
      candidates.put(name, entry);
      return;
    }
    Optional<String> renamed = BertNames.electra(name);
    if (renamed.isPresent()) {
      candidates.put(renamed.get(), entry);
    } else {
      row(entry, Fate.IGNORED, BertNames.reason(name));
    }
  }

  /** Shapes of what may be weights, by the names that they would have. */
  Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    candidates.forEach((name, entry) -> shapes.put(name, entry.shape()));
    return shapes;
  }

  /**
   * Sorts the candidates into weights, optimizer state and what is left out.
   *
   * @throws MalformedFileException listing every tensor that has no place, or every tensor that the
   *     layout wants and that is missing or of another shape or type
   */
  void settle(List<TensorSpec> layout) throws MalformedFileException {
    Map<String, TensorSpec> wanted = new LinkedHashMap<>();
    Map<String, TensorSpec> owners = new LinkedHashMap<>();
    for (TensorSpec spec : layout) {
      wanted.put(spec.name(), spec);
      owners.put(OptimizerState.firstMoment(spec.name()), spec);
      owners.put(OptimizerState.secondMoment(spec.name()), spec);
    }
    List<TensorEntry> unknown = new ArrayList<>();
    candidates.forEach(
        (name, entry) -> {
          if (wanted.containsKey(name)) {
            weight(name, entry);
          } else if (owners.containsKey(name)) {
            slot(name, entry);
          } else if (name.equals(STEP)) {
            step(entry);
          } else if (name.equals(STRAY)) {
            row(entry, Fate.IGNORED, "a stray number of published checkpoints, used by nothing");
          } else {
            unknown.add(entry);
          }
        });
    if (!unknown.isEmpty()) {
      throw unknown(unknown);
    }
    requireFit(layout, owners);
  }

  private void weight(String name, TensorEntry entry) {
    weights.put(name, entry);
    String remark = castRemark(entry);
    if (name.equals(entry.name())) {
      row(entry, Fate.KEPT, remark);
    } else {
      rows.put(
          entry.name(),
          new ConversionReport.Tensor(
              entry.name(),
              entry.type().name(),
              entry.shape(),
              Fate.RENAMED,
              Optional.of(name),
              false,
              remark));
    }
  }

  private void slot(String name, TensorEntry entry) {
    if (options.withOptimizer()) {
      slots.put(name, entry);
      row(entry, Fate.OPTIMIZER, castRemark(entry));
    } else {
      row(entry, Fate.IGNORED, "optimizer state was not asked for");
    }
  }

  private void step(TensorEntry entry) {
    if (options.withOptimizer()) {
      step = Optional.of(entry);
      row(entry, Fate.OPTIMIZER, "");
    } else {
      row(entry, Fate.IGNORED, "optimizer state was not asked for");
    }
  }

  private static String castRemark(TensorEntry entry) {
    return switch (entry.type()) {
      case DOUBLE -> "rounded to FLOAT";
      case HALF, BFLOAT16 -> "widened to FLOAT";
      default -> "";
    };
  }

  private void row(TensorEntry entry, Fate fate, String remark) {
    rows.put(
        entry.name(),
        new ConversionReport.Tensor(
            entry.name(), entry.type().name(), entry.shape(), fate, remark));
  }

  private MalformedFileException unknown(List<TensorEntry> unknown) {
    boolean heads =
        unknown.stream().anyMatch(entry -> entry.name().startsWith(TaskTensors.SCOPE + "/"));
    return MalformedFileException.saying(
        source,
        "%s holds %d tensor(s) that have no place in an ELECTRA model of this architecture:\n%s\n%sNothing is left out silently: name what shall be left out, e.g. --ignore \"%s*\"."
            .formatted(
                source,
                unknown.size(),
                unknown.stream().map(TensorPlan::line).collect(Collectors.joining("\n")),
                heads
                    ? "A fine-tuned head can be taken over if its layers are those of the original's classification, regression, tagging or question answering.\n"
                    : "",
                unknown.get(0).name().replaceFirst("[^/]*$", "")));
  }

  private static String line(TensorEntry entry) {
    return "  %s %s %s".formatted(entry.name(), entry.type(), Arrays.toString(entry.shape()));
  }

  private void requireFit(List<TensorSpec> layout, Map<String, TensorSpec> owners)
      throws MalformedFileException {
    List<String> problems = new ArrayList<>(LayoutFit.problems(layout, shapes()));
    weights.forEach((name, entry) -> requireFloat(name, entry, problems));
    slots.forEach(
        (name, entry) -> {
          requireFloat(name, entry, problems);
          if (!Arrays.equals(entry.shape(), owners.get(name).shape())) {
            problems.add(
                "wrong shape %s %s, its weight is %s"
                    .formatted(name, Arrays.toString(entry.shape()), owners.get(name)));
          }
        });
    if (!problems.isEmpty()) {
      throw MalformedFileException.saying(
          source,
          "%s does not fit the architecture that its own tensors imply, %d problem(s):\n  %s\nThe checkpoint is incomplete or mixed from two; fetch it again."
              .formatted(source, problems.size(), String.join("\n  ", problems)));
    }
  }

  private static void requireFloat(String name, TensorEntry entry, List<String> problems) {
    boolean floating =
        switch (entry.type()) {
          case FLOAT, DOUBLE, HALF, BFLOAT16 -> true;
          default -> false;
        };
    if (!floating) {
      problems.add("wrong type  %s %s, wanted %s".formatted(name, entry.type(), TensorType.FLOAT));
    }
  }

  /** The weights by their names in the result, in the order of the source. */
  Map<String, TensorEntry> weights() {
    return weights;
  }

  /** The moments to take along, by name. */
  Map<String, TensorEntry> slots() {
    return slots;
  }

  /** The step to take along. */
  Optional<TensorEntry> step() {
    return step;
  }

  /** One line for every tensor of the bundle. */
  List<ConversionReport.Tensor> rows() {
    return List.copyOf(rows.values());
  }
}
