package io.github.electra4j.serve.batch;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inputs that are computed together.
 *
 * @param engine what computes them
 * @param items in the order of their arrival, at least one
 */
record Batch<I, O>(Engine<I, O> engine, List<Waiting<I, O>> items) {
  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  /** Tokens of all inputs, without padding. */
  int tokens() {
    return items.stream().mapToInt(Waiting::tokens).sum();
  }

  /**
   * Computes and delivers. If that fails, every input is tried alone, so that only those fail that
   * cannot be computed.
   */
  void run() {
    List<O> outputs;
    try {
      outputs = compute(items);
    } catch (RuntimeException | Error e) {
      failed(e);
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      items.get(i).job().deliver(items.get(i).index(), outputs.get(i));
    }
  }

  private void failed(Throwable failure) {
    boolean told = items.size() == 1 && items.get(0).job().result().completeExceptionally(failure);
    if (!told && !(failure instanceof InvalidInputException)) { // who is told it, tells it
      LOG.warn("{} texts with {} tokens could not be computed", items.size(), tokens(), failure);
    }
    if (items.size() > 1) {
      items.forEach(item -> new Batch<>(engine, List.of(item)).run());
    }
  }

  private List<O> compute(List<Waiting<I, O>> part) {
    List<O> outputs = engine.compute(part.stream().map(Waiting::input).toList());
    if (outputs.size() != part.size()) {
      throw new AssertionError("%d outputs of %d inputs".formatted(outputs.size(), part.size()));
    }
    return outputs;
  }
}
