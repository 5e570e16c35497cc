package io.github.electra4j.convert;

import io.github.electra4j.model.storage.MalformedFileException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * BERT's names for what ELECTRA has too. The two encoders compute the same function, so a BERT
 * checkpoint can be fine-tuned as if it were ELECTRA's encoder.
 */
final class BertNames {
  private static final String BERT = "bert/";
  private static final List<String> SHARED = List.of("bert/embeddings/", "bert/encoder/");

  private BertNames() {}

  /** The name of the same tensor in ELECTRA; empty if ELECTRA has no such tensor. */
  static Optional<String> electra(String name) {
    boolean shared = SHARED.stream().anyMatch(name::startsWith) && !isSlot(name);
    return shared ? Optional.of("electra/" + name.substring(BERT.length())) : Optional.empty();
  }

  /** Why a tensor that {@link #electra} does not know is left out. */
  static String reason(String name) {
    if (isSlot(name) || name.equals(TensorPlan.STEP)) {
      return "state of BERT's pre-training";
    }
    if (name.startsWith("bert/pooler/")) {
      return "BERT's pooler, which ELECTRA does not have";
    }
    return "a head of BERT, which ELECTRA does not have";
  }

  /**
   * Checks that a checkpoint is BERT's.
   *
   * @throws MalformedFileException if it is not
   */
  static void require(String source, Collection<String> names) throws MalformedFileException {
    if (!ForeignTensors.isBert(names)) {
      throw MalformedFileException.in(
          source,
          "this is no BERT checkpoint: it has no tensor below bert/, or some below electra/. Import it without --from-bert.");
    }
  }

  private static boolean isSlot(String name) {
    return name.endsWith("/adam_m") || name.endsWith("/adam_v");
  }
}
