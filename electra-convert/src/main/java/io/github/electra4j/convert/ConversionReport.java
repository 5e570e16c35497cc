package io.github.electra4j.convert;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.TaskHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a conversion did with every tensor of the source, and why.
 *
 * @param source the source as the user knows it
 * @param config the architecture of the result
 * @param heads the fine-tuned heads of the result
 * @param reasons where the numbers of the architecture come from
 * @param tensors every tensor of the source, in the order of the names
 * @param notes what the user should know, in full sentences
 */
public record ConversionReport(
    String source,
    ElectraConfig config,
    List<TaskHead> heads,
    List<String> reasons,
    List<Tensor> tensors,
    List<String> notes) {

  /** What became of a tensor. */
  public enum Fate {
    /** It is a weight under its own name. */
    KEPT,
    /** It is a weight under another name. */
    RENAMED,
    /** It holds the numbers of another tensor again, which were compared. */
    TIED,
    /** It is a moment or the step of the optimizer, taken along. */
    OPTIMIZER,
    /** It is left out; the remark says why. */
    IGNORED
  }

  /**
   * One tensor of the source.
   *
   * @param name its name in the source
   * @param type its element type in the source, e.g. {@code FLOAT}
   * @param shape lengths of its axes
   * @param fate what became of it
   * @param target its name in the result, with the file in front where a conversion writes other
   *     names than this project's, e.g. {@code discriminator/model.safetensors:
   *     electra.embeddings_project.weight}; several joined by "and"; empty if it is ignored
   * @param transposed whether its two axes lie in the result in another order than in the source
   * @param remark why, or a change of type; often empty
   */
  public record Tensor(
      String name,
      String type,
      long[] shape,
      Fate fate,
      Optional<String> target,
      boolean transposed,
      String remark) {
    /** Copies the shape. */
    public Tensor {
      shape = shape.clone();
      Objects.requireNonNull(target, "target");
    }

    /** A tensor that keeps its name, or is ignored. */
    public Tensor(String name, String type, long[] shape, Fate fate, String remark) {
      this(
          name,
          type,
          shape,
          fate,
          fate == Fate.IGNORED ? Optional.empty() : Optional.of(name),
          false,
          remark);
    }

    /** The lengths of the axes; a fresh array. */
    @Override
    public long[] shape() {
      return shape.clone();
    }

    private boolean isSlot() {
      return name.endsWith("/adam_m") || name.endsWith("/adam_v");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Tensor tensor
          && name.equals(tensor.name)
          && type.equals(tensor.type)
          && Arrays.equals(shape, tensor.shape)
          && fate == tensor.fate
          && target.equals(tensor.target)
          && transposed == tensor.transposed
          && remark.equals(tensor.remark);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, type, Arrays.hashCode(shape), fate, target, transposed, remark);
    }

    /** Whether a line about it says more than that it is there. */
    private boolean isRemarkable() {
      return !remark.isEmpty() || fate == Fate.RENAMED || fate == Fate.TIED;
    }

    /**
     * E.g. {@code ignored global_step INT64 [] (optimizer state was not asked for)}, or {@code
     * renamed electra.embeddings_project.weight FLOAT [256, 128] ->
     * electra/embeddings_project/kernel (transposed)}.
     */
    @Override
    public String toString() {
      List<String> remarks = new ArrayList<>();
      if (transposed) {
        remarks.add("transposed");
      }
      if (!remark.isEmpty()) {
        remarks.add(remark);
      }
      return "%-9s %s %s %s%s%s"
          .formatted(
              fate.name().toLowerCase(Locale.ROOT),
              name,
              type,
              Arrays.toString(shape),
              target.map(" -> "::concat).orElse(""),
              remarks.isEmpty() ? "" : " (" + String.join(", ", remarks) + ")");
    }
  }

  /** Copies the lists. */
  public ConversionReport {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(config, "config");
    heads = List.copyOf(heads);
    reasons = List.copyOf(reasons);
    tensors = List.copyOf(tensors);
    notes = List.copyOf(notes);
  }

  /** The tensors that met this fate. */
  public List<Tensor> tensors(Fate fate) {
    return tensors.stream().filter(tensor -> tensor.fate() == fate).toList();
  }

  /** The same with more notes at the end. */
  public ConversionReport withNotes(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new ConversionReport(source, config, heads, reasons, tensors, all);
  }

  /**
   * The report for people: source, architecture, counts, every tensor that there is a remark about
   * (optimizer slots together), notes.
   */
  public String toText() {
    StringBuilder text = head();
    Map<String, Integer> slots = new TreeMap<>();
    for (Tensor tensor : tensors) {
      if (!tensor.remark().isEmpty() && tensor.isSlot()) {
        slots.merge(tensor.remark(), 1, Integer::sum);
      } else if (tensor.isRemarkable()) {
        text.append("  ").append(tensor).append('\n');
      }
    }
    slots.forEach(
        (remark, count) ->
            text.append("  %d slot(s) …/adam_m, …/adam_v (%s)\n".formatted(count, remark)));
    return notes(text);
  }

  /**
   * The report for people with a line for every tensor: its name, type and shape in the source, its
   * name in the result, whether it was transposed, and why it was left out or what was compared.
   */
  public String toFullText() {
    StringBuilder text = head();
    tensors.forEach(tensor -> text.append("  ").append(tensor).append('\n'));
    return notes(text);
  }

  private StringBuilder head() {
    StringBuilder text = new StringBuilder(source).append('\n');
    reasons.forEach(reason -> text.append("  ").append(reason).append('\n'));
    for (Fate fate : Fate.values()) {
      List<Tensor> some = tensors(fate);
      if (!some.isEmpty()) {
        text.append("%d tensor(s) %s\n".formatted(some.size(), inWords(fate)));
      }
    }
    return text;
  }

  private String notes(StringBuilder text) {
    notes.forEach(note -> text.append("Note: ").append(note).append('\n'));
    return text.toString();
  }

  private static String inWords(Fate fate) {
    return switch (fate) {
      case KEPT -> "kept";
      case RENAMED -> "renamed";
      case TIED -> "equal to another";
      case OPTIMIZER -> "of the optimizer kept";
      case IGNORED -> "ignored";
    };
  }

  /** The report for programs, one JSON object. */
  public String toJson() {
    return ReportJson.write(this);
  }
}
