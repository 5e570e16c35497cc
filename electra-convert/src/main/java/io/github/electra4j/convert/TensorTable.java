package io.github.electra4j.convert;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TensorSpec;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.model.storage.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** The tensors of one checkpoint as its tables list them, and what they add up to. */
final class TensorTable {
  private final String source;
  private final Map<String, Inspection.Tensor> tensors = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private OptionalLong globalStep = OptionalLong.empty();

  TensorTable(String source) {
    this.source = source;
  }

  static TensorTable ofSafetensors(Path file) throws IOException {
    TensorTable table = new TensorTable(file.toString());
    table.addAll(SafetensorsFile.open(file));
    return table;
  }

  void addAll(SafetensorsFile file) {
    file.entries().values().forEach(entry -> add(entry.name(), entry.type().name(), entry.shape()));
  }

  void add(String name, String type, long[] shape) {
    tensors.put(name, new Inspection.Tensor(name, type, shape));
  }

  void problem(String text) {
    problems.add(text);
  }

  void globalStep(long step) {
    globalStep = OptionalLong.of(step);
  }

  /** Names and shapes. */
  Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  /** What the tensors say by themselves. */
  Inspection inspect(Inspection.Format format, ArchitectureHints hints) {
    Optional<Architecture> architecture = Optional.empty();
    try {
      Architecture found = ArchitectureInference.infer(source, shapes(), hints);
      architecture = Optional.of(found);
      compare(Checkpoint.layout(found.config(), found.heads()));
    } catch (MalformedFileException e) {
      problem(e.getMessage()); // that the tensors are not ELECTRA's is a finding, not a failure
    }
    return inspection(format, architecture);
  }

  /** What a configuration says, compared with the tensors. */
  Inspection inspect(Inspection.Format format, Architecture architecture, List<TaskHead> heads) {
    compare(Checkpoint.layout(architecture.config(), heads));
    return inspection(format, Optional.of(architecture));
  }

  /** The table with what it adds up to as somebody else found out. */
  Inspection inspection(Inspection.Format format, Architecture architecture) {
    return inspection(format, Optional.of(architecture));
  }

  /** The table of tensors that add up to nothing. */
  Inspection inspection(Inspection.Format format) {
    return inspection(format, Optional.empty());
  }

  private Inspection inspection(Inspection.Format format, Optional<Architecture> architecture) {
    return new Inspection(
        source, format, List.copyOf(tensors.values()), architecture, globalStep, problems);
  }

  private void compare(List<TensorSpec> layout) {
    problems.addAll(LayoutFit.problems(layout, shapes()));
    Set<String> known = new LinkedHashSet<>();
    layout.forEach(spec -> known.add(spec.name()));
    Collection<Inspection.Tensor> others = new ArrayList<>(tensors.values());
    others.removeIf(
        tensor -> known.contains(tensor.name()) || TensorLayout.isIgnorable(tensor.name()));
    others.forEach(tensor -> problem("unexpected  " + tensor));
    long bare =
        layout.stream()
            .filter(TensorSpec::trainable)
            .filter(spec -> !tensors.containsKey(spec.name() + "/adam_m"))
            .count();
    boolean some = tensors.values().stream().anyMatch(Inspection.Tensor::isSlot);
    if (some && bare > 0) {
      problem("%d weight(s) have no optimizer slots, others have".formatted(bare));
    }
  }
}
