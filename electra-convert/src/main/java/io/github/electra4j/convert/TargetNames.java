package io.github.electra4j.convert;

import io.github.electra4j.convert.ConversionReport.Fate;
import io.github.electra4j.convert.ConversionReport.Tensor;
import io.github.electra4j.convert.tensor.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where the weights of a checkpoint are in the form that is written, and why some are not. */
final class TargetNames {
  /** Between the names of one tensor that becomes several. */
  static final String AND = " and ";

  /** Between the network's label, or the file, and the tensor's name. */
  private static final String IN = ": ";

  /**
   * One tensor of the form.
   *
   * @param file of those that are written, relative to the target
   * @param name in that file
   * @param transposed whether it has its axes exchanged there
   * @param remark what else is to say; may be empty
   */
  record Place(String file, String name, boolean transposed, String remark) {
    private String text(boolean sayTransposed) {
      return file + IN + name + (sayTransposed && transposed ? " (transposed)" : "");
    }
  }

  private final String why;
  private final String form;
  private final Map<String, List<Place>> places = new LinkedHashMap<>();

  /**
   * Nothing yet.
   *
   * @param form for messages, e.g. {@code a folder of HuggingFace's}
   * @param why a weight that has no place is left out
   */
  TargetNames(String form, String why) {
    this.form = form;
    this.why = why;
  }

  /** What is to say about a number that is kept in this precision; may be empty. */
  static String remark(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> "";
      case FLOAT16, BFLOAT16 -> "rounded to " + precision.name();
      case INT8 -> "in INT8 with scales where it is multiplied";
    };
  }

  /** Says that a weight becomes this tensor, too. */
  void add(String weight, Place place) {
    places.computeIfAbsent(weight, name -> new ArrayList<>()).add(place);
  }

  /** An import's report with the names, places and losses of the form that is written. */
  ConversionReport applied(ConversionReport imported) {
    return new ConversionReport(
        imported.source(),
        imported.config(),
        imported.heads(),
        imported.reasons(),
        imported.tensors().stream().map(this::applied).toList(),
        imported.notes());
  }

  private Tensor applied(Tensor tensor) {
    if (tensor.fate() == Fate.IGNORED) {
      return tensor;
    }
    if (tensor.fate() == Fate.OPTIMIZER) {
      return ignored(tensor, form + " has no place for the optimizer's state");
    }
    List<Place> found =
        Stream.of(tensor.target().orElseThrow().split(AND, -1))
            .flatMap(weight -> places.getOrDefault(weight, List.of()).stream())
            .distinct()
            .toList();
    if (found.isEmpty()) {
      return ignored(tensor, why);
    }
    boolean first = found.get(0).transposed();
    boolean alike = found.stream().allMatch(place -> place.transposed() == first);
    return new Tensor(
        tensor.name(),
        tensor.type(),
        tensor.shape(),
        fate(tensor, found),
        Optional.of(
            String.join(AND, found.stream().map(place -> text(tensor, place, alike)).toList())),
        alike && tensor.transposed() != first,
        remark(tensor, found));
  }

  /** Where places differ in how the axes lie, each says how they lie beside the source's. */
  private static String text(Tensor tensor, Place place, boolean alike) {
    Place beside =
        new Place(
            place.file(), place.name(), place.transposed() != tensor.transposed(), place.remark());
    return beside.text(!alike);
  }

  private static Fate fate(Tensor tensor, List<Place> found) {
    if (tensor.fate() == Fate.TIED) {
      return Fate.TIED;
    }
    String own = tensor.name().substring(tensor.name().indexOf(IN) < 0 ? 0 : after(tensor.name()));
    return found.stream().allMatch(place -> place.name().equals(own)) ? Fate.KEPT : Fate.RENAMED;
  }

  private static int after(String name) {
    return name.indexOf(IN) + IN.length();
  }

  private static String remark(Tensor tensor, List<Place> found) {
    Set<String> remarks = new LinkedHashSet<>();
    remarks.add(tensor.remark());
    found.forEach(place -> remarks.add(place.remark()));
    remarks.remove("");
    return String.join(", ", remarks);
  }

  private static Tensor ignored(Tensor tensor, String why) {
    return new Tensor(tensor.name(), tensor.type(), tensor.shape(), Fate.IGNORED, why);
  }
}
