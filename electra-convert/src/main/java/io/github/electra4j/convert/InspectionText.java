package io.github.electra4j.convert;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An inspection as a text with aligned columns. */
final class InspectionText {
  private final StringBuilder text = new StringBuilder();

  private InspectionText() {}

  static String of(Inspection inspection) {
    InspectionText out = new InspectionText();
    out.line("%s (%s)", inspection.source(), inspection.format().name().toLowerCase(Locale.ROOT));
    out.line(
        "%d tensors, %,d parameters, %d optimizer slots, global_step %s",
        inspection.tensors().size(),
        inspection.parameters(),
        inspection.slots(),
        inspection.globalStep().isPresent()
            ? Long.toString(inspection.globalStep().getAsLong())
            : "unknown");
    out.section("Architecture");
    if (inspection.architecture().isEmpty()) {
      out.line("  not recognised, see the problems");
    }
    inspection
        .architecture()
        .ifPresent(found -> found.reasons().forEach(reason -> out.line("  %s", reason)));
    out.networks(inspection.tensors());
    out.tensors(inspection.tensors().stream().filter(tensor -> !tensor.isSlot()).toList());
    if (inspection.slots() > 0) {
      out.line(
          "  and %d optimizer slots …/adam_m, …/adam_v of their weights' shapes",
          inspection.slots());
    }
    if (!inspection.problems().isEmpty()) {
      out.section("Problems");
      inspection.problems().forEach(problem -> out.line("  %s", problem.replace("\n", "\n    ")));
    }
    return out.text.toString();
  }

  private void networks(List<Inspection.Tensor> tensors) {
    Map<String, long[]> sums = new TreeMap<>();
    for (Inspection.Tensor tensor : tensors) {
      String scope = tensor.name().replaceFirst("[/.].*", "");
      if (!tensor.isSlot() && !scope.equals(TensorPlan.STEP)) {
        long[] sum = sums.computeIfAbsent(scope, key -> new long[2]);
        sum[0]++;
        sum[1] += tensor.parameters();
      }
    }
    int width = sums.keySet().stream().mapToInt(String::length).max().orElse(1);
    section("Parameters");
    sums.forEach(
        (scope, sum) -> line("  %-" + width + "s %5d tensors %,15d", scope, sum[0], sum[1]));
  }

  private void tensors(List<Inspection.Tensor> tensors) {
    int width = tensors.stream().mapToInt(tensor -> tensor.name().length()).max().orElse(1);
    section("Tensors");
    for (Inspection.Tensor tensor : tensors) {
      line(
          "  %-" + width + "s %-8s %-18s %,15d",
          tensor.name(),
          tensor.type(),
          Arrays.toString(tensor.shape()),
          tensor.parameters());
    }
  }

  private void section(String title) {
    text.append('\n').append(title).append('\n');
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
