package io.github.electra4j.convert;

import io.github.electra4j.model.TaskHead;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a foreign checkpoint is taken over.
 *
 * @param place where bundle, vocabulary and configuration are, where it is not evident
 * @param hints what the tensors do not tell about the architecture
 * @param withOptimizer whether Adam's moments and the step are taken along, to continue training
 * @param fromBert whether a BERT checkpoint is taken as an encoder of ELECTRA: {@code bert/} is
 *     renamed to {@code electra/}, its pooler and its heads are left out
 * @param ignore patterns of names to leave out, {@code *} for any characters, e.g. {@code
 *     task_specific/squad/*}; nothing else that is unknown is left out silently
 * @param heads what the file does not tell about fine-tuned heads
 * @param lowerCase whether the vocabulary is for lower-cased text
 * @param stripAccents whether accents are removed; empty to follow {@code lowerCase}
 * @param smallerVocabulary whether the vocabulary may have fewer pieces than the word table rows
 */
public record ImportOptions(
    SourceOptions place,
    ArchitectureHints hints,
    boolean withOptimizer,
    boolean fromBert,
    List<String> ignore,
    HeadHints heads,
    boolean lowerCase,
    Optional<Boolean> stripAccents,
    boolean smallerVocabulary) {

  /** Copies the lists and checks that BERT's optimizer is not asked for. */
  public ImportOptions {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(hints, "hints");
    ignore = List.copyOf(ignore);
    Objects.requireNonNull(heads, "heads");
    Objects.requireNonNull(stripAccents, "stripAccents");
    if (withOptimizer && fromBert) {
      throw new IllegalArgumentException(
          "ImportOptions: BERT's optimizer state cannot be taken over, because its heads are not; leave out one of withOptimizer and fromBert");
    }
  }

  /** Weights alone, everything where it usually is, uncased as the original's default. */
  public static ImportOptions standard() {
    return new ImportOptions(
        SourceOptions.none(),
        ArchitectureHints.none(),
        false,
        false,
        List.of(),
        HeadHints.none(),
        true,
        Optional.empty(),
        false);
  }

  /** The same, with these places. */
  public ImportOptions withPlace(SourceOptions other) {
    return new ImportOptions(
        other,
        hints,
        withOptimizer,
        fromBert,
        ignore,
        heads,
        lowerCase,
        stripAccents,
        smallerVocabulary);
  }

  /** The same, knowing this about the architecture. */
  public ImportOptions withHints(ArchitectureHints other) {
    return new ImportOptions(
        place,
        other,
        withOptimizer,
        fromBert,
        ignore,
        heads,
        lowerCase,
        stripAccents,
        smallerVocabulary);
  }

  /** The same, with or without the optimizer's state. */
  public ImportOptions withOptimizer(boolean wanted) {
    return new ImportOptions(
        place, hints, wanted, fromBert, ignore, heads, lowerCase, stripAccents, smallerVocabulary);
  }

  /** The same, taking a BERT checkpoint as an encoder of ELECTRA or not. */
  public ImportOptions withFromBert(boolean wanted) {
    return new ImportOptions(
        place,
        hints,
        withOptimizer,
        wanted,
        ignore,
        heads,
        lowerCase,
        stripAccents,
        smallerVocabulary);
  }

  /** The same, leaving out the tensors whose names match one of these patterns. */
  public ImportOptions withIgnore(List<String> patterns) {
    return new ImportOptions(
        place,
        hints,
        withOptimizer,
        fromBert,
        patterns,
        heads,
        lowerCase,
        stripAccents,
        smallerVocabulary);
  }

  /** The same, with the labels or ranges of these fine-tuned heads. */
  public ImportOptions withHeads(List<TaskHead> known) {
    return withHeads(heads.withGiven(known));
  }

  /** The same, knowing this about fine-tuned heads. */
  public ImportOptions withHeads(HeadHints known) {
    return new ImportOptions(
        place,
        hints,
        withOptimizer,
        fromBert,
        ignore,
        known,
        lowerCase,
        stripAccents,
        smallerVocabulary);
  }

  /** The same, for a vocabulary of this kind. */
  public ImportOptions withCase(boolean lower, Optional<Boolean> strip) {
    return new ImportOptions(
        place, hints, withOptimizer, fromBert, ignore, heads, lower, strip, smallerVocabulary);
  }

  /** The same, allowing or refusing a vocabulary with fewer pieces than the word table has rows. */
  public ImportOptions withSmallerVocabulary(boolean allowed) {
    return new ImportOptions(
        place, hints, withOptimizer, fromBert, ignore, heads, lowerCase, stripAccents, allowed);
  }
}
