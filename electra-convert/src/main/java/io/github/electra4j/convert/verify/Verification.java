package io.github.electra4j.convert.verify;

import io.github.electra4j.convert.tensor.TensorMemory;
import io.github.electra4j.model.Activations;
import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.Discriminator;
import io.github.electra4j.model.Generator;
import io.github.electra4j.model.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Whether two models compute the same: both read the same ids, and what each network computes,
 * layer by layer, and each head is compared; and whether they say the same about heads and text.
 *
 * <pre>{@code
 * Verification result =
 *     Verification.of(imported, original, VerifyOptions.standard());
 * if (!result.passed()) {
 *   System.err.print(result.toText());
 * }
 * }</pre>
 *
 * @param options inputs and tolerance
 * @param differences one per output, in the order in which they are computed
 * @param problems what cannot be compared or is there on one side only, in full sentences; any of
 *     them fails the verification
 * @param equalTensors weights that are the same on both sides to the last bit
 * @param tensors weights that either side has
 */
public record Verification(
    VerifyOptions options,
    List<Difference> differences,
    List<String> problems,
    int equalTensors,
    int tensors) {

  /** Copies the lists. */
  public Verification {
    differences = List.copyOf(differences);
    problems = List.copyOf(problems);
  }

  /** Compares two models. */
  public static Verification of(Checkpoint first, Checkpoint second, VerifyOptions options) {
    List<Difference> differences = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    TokenBatch batch = SeededInput.of(first.config(), second.config(), options);
    new StatedFacts(problems).compare(first, second);
    compareDiscriminators(first, second, batch, new OutputComparison(batch, differences, problems));
    if (first.config().generator().isPresent() && second.config().generator().isPresent()) {
      compareGenerators(first, second, batch, new OutputComparison(batch, differences, problems));
    }
    Set<String> names = new TreeSet<>(first.weights().names());
    names.addAll(second.weights().names());
    int equal = 0;
    for (String name : names) {
      equal += equal(first, second, name) ? 1 : 0;
    }
    return new Verification(options, differences, problems, equal, names.size());
  }

  private static boolean equal(Checkpoint first, Checkpoint second, String name) {
    INDArray left = first.weights().arrays().get(name);
    INDArray right = second.weights().arrays().get(name);
    return left != null
        && right != null
        && TensorMemory.same(TensorMemory.dense(left), TensorMemory.dense(right));
  }

  private static void compareDiscriminators(
      Checkpoint first, Checkpoint second, TokenBatch batch, OutputComparison comparison) {
    try (Discriminator left = Discriminator.of(first.config(), first.weights());
        Discriminator right = Discriminator.of(second.config(), second.weights())) {
      Activations lefts = left.activations(batch);
      Activations rights = right.activations(batch);
      comparison.compare("discriminator", lefts, rights);
      Map<String, HeadOutputs.Output> heads = HeadOutputs.of(second, batch, last(rights));
      HeadOutputs.of(first, batch, last(lefts))
          .forEach(
              (name, output) -> {
                if (heads.containsKey(name)) {
                  comparison.compare(name, output, heads.get(name));
                }
              });
    }
  }

  private static INDArray last(Activations activations) {
    return activations.layers().get(activations.layers().size() - 1);
  }

  private static void compareGenerators(
      Checkpoint first, Checkpoint second, TokenBatch batch, OutputComparison comparison) {
    try (Generator left = Generator.of(first.config(), first.weights());
        Generator right = Generator.of(second.config(), second.weights())) {
      List<Activations> lefts = left.activations(batch);
      List<Activations> rights = right.activations(batch);
      if (lefts.size() != rights.size()) {
        comparison.problem(
            "The generators differ in kind: %d and %d encoders."
                .formatted(lefts.size(), rights.size()));
        return;
      }
      for (int i = 0; i < lefts.size(); i++) {
        String name = lefts.size() == 1 ? "generator" : "generator tower " + (i + 1);
        comparison.compare(name, lefts.get(i), rights.get(i));
      }
    }
  }

  /** Whether nothing is missing and no number differs by more than the tolerance. */
  public boolean passed() {
    return problems.isEmpty()
        && differences.stream().allMatch(each -> each.within(options.tolerance()));
  }

  /** The result for people: a line per output, then PASS or FAIL. */
  public String toText() {
    int width = differences.stream().mapToInt(each -> each.output().length()).max().orElse(6);
    StringBuilder text = new StringBuilder();
    text.append(
        ("%-4s %-" + width + "s %12s %12s %12s  shape\n")
            .formatted("", "output", "largest", "mean", "magnitude"));
    for (Difference each : differences) {
      text.append(
          ("%-4s %-" + width + "s %12.3e %12.3e %12.3e  %s\n")
              .formatted(
                  each.within(options.tolerance()) ? "ok" : "FAR",
                  each.output(),
                  each.largest(),
                  each.mean(),
                  each.magnitude(),
                  Arrays.toString(each.shape())));
    }
    problems.forEach(problem -> text.append("Problem: ").append(problem).append('\n'));
    text.append(
        "%d of %d weights are the same to the last bit.\n".formatted(equalTensors, tensors));
    return text.append(
            "%s: differences up to %s are allowed.\n"
                .formatted(passed() ? "PASS" : "FAIL", options.tolerance()))
        .toString();
  }

  /** The result for programs, one JSON object. */
  public String toJson() {
    return VerificationJson.write(this);
  }
}
