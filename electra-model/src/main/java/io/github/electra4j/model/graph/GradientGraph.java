package io.github.electra4j.model.graph;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The graph that SameDiff derives from a forward graph and its loss: it computes the loss and the
 * gradients of chosen variables.
 *
 * @param graph forward and backward operations
 * @param loss name of the loss, a scalar, in {@code graph}
 * @param gradients the name, in {@code graph}, of the gradient of each chosen variable
 */
public record GradientGraph(SameDiff graph, String loss, Map<String, String> gradients) {

  /**
   * Derives the gradients of {@code loss} with respect to {@code variables}.
   *
   * @param variables names of floating-point variables of the graph of {@code loss}, trainable or
   *     computed
   * @throws IllegalArgumentException when the loss does not depend on one of them
   */
  public static GradientGraph of(SDVariable loss, List<String> variables) {
    SameDiff sd = loss.getSameDiff();
    sd.setLossVariables(loss.name());
    differentiateQuietly(sd, variables);
    Map<String, String> names = new LinkedHashMap<>();
    for (String variable : variables) {
      SDVariable gradient = sd.grad(variable);
      if (gradient == null) {
        throw new IllegalArgumentException(
            "The loss %s does not depend on %s, so it has no gradient; leave it out"
                .formatted(loss.name(), variable));
      }
      names.put(variable, gradient.name());
    }
    return new GradientGraph(sd.getFunction("grad"), loss.name(), Map.copyOf(names));
  }

  /** SameDiff prints a line per operation to standard output, where commands put their data. */
  private static synchronized void differentiateQuietly(SameDiff sd, List<String> variables) {
    PrintStream standardOutput = System.out;
    System.setOut(new WithoutSameDiffChatter(standardOutput));
    try {
      sd.createGradFunction(variables.toArray(String[]::new));
    } finally {
      System.setOut(standardOutput);
    }
  }

  /** Passes everything on but the lines that SameDiff prints while it differentiates. */
  private static final class WithoutSameDiffChatter extends PrintStream {
    private static final String CHATTER = "Added differentiated op ";

    private WithoutSameDiffChatter(PrintStream out) {
      super(out, true, StandardCharsets.UTF_8);
    }

    @Override
    public void println(String line) {
      if (line == null || !line.startsWith(CHATTER)) {
        super.println(line);
      }
    }
  }
}
