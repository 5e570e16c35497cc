package io.github.electra4j.convert.huggingface;

import io.github.electra4j.convert.huggingface.HuggingFaceNames.Dialect;
import io.github.electra4j.convert.huggingface.HuggingFaceNames.Renamed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * HuggingFace's classes of ELECTRA with a fine-tuned head, and what each calls the head's tensors.
 * On this project's side a name is that below the task, e.g. {@code dense/kernel}.
 */
public enum HeadForm {
  /** A label or a number for a whole text, through a hidden layer with GELU. */
  SEQUENCES(
      "ElectraForSequenceClassification",
      "tf_electra_for_sequence_classification",
      "hidden=classifier/dense",
      "dense=classifier/out_proj"),
  /** A label for every token. */
  TOKENS(
      "ElectraForTokenClassification", "tf_electra_for_token_classification", "dense=classifier"),
  /** Start and end of an answer, two outputs of one layer: {@code spans [hidden, 2]}. */
  QUESTIONS("ElectraForQuestionAnswering", "tf_electra_for_question_answering", "spans=qa_outputs"),
  /** A score for every candidate, through a hidden layer with GELU. */
  CHOICES(
      "ElectraForMultipleChoice",
      "tf_electra_for_multiple_choice",
      "hidden=sequence_summary/summary",
      "dense=classifier");

  private final String architecture;
  private final String kerasModel;

  @SuppressWarnings("ImmutableEnumChecker") // List.copyOf gives one that cannot change
  private final List<NameRule> rules;

  HeadForm(String architecture, String kerasModel, String... layers) {
    this.architecture = architecture;
    this.kerasModel = kerasModel;
    List<NameRule> all = new ArrayList<>();
    for (String layer : layers) {
      String[] sides = layer.split("=", -1);
      all.addAll(NameRule.dense(sides[0], sides[1]));
    }
    this.rules = List.copyOf(all);
  }

  /** The Python class, as {@code architectures} of a configuration names it. */
  public String architecture() {
    return architecture;
  }

  /** What Keras puts in front of the names. */
  public String kerasModel() {
    return kerasModel;
  }

  /**
   * The form whose head's tensors are among these; empty if there is none.
   *
   * @param names all names of a file, without the model's in front
   * @param architecture the Python class, which tells two forms apart that may have the same names
   */
  public static Optional<HeadForm> of(
      Collection<String> names, Dialect dialect, Optional<String> architecture) {
    Optional<HeadForm> said =
        Arrays.stream(values())
            .filter(form -> architecture.equals(Optional.of(form.architecture)))
            .filter(form -> form.isIn(names, dialect))
            .findFirst();
    return said.or(
        () -> Arrays.stream(values()).filter(form -> form.isIn(names, dialect)).findFirst());
  }

  private boolean isIn(Collection<String> names, Dialect dialect) {
    return names.stream().anyMatch(name -> toElectra(name, dialect).isPresent());
  }

  /** The name below the task for a tensor of HuggingFace's; empty if it is not of this head. */
  public Optional<Renamed> toElectra(String foreign, Dialect dialect) {
    return rules.stream()
        .filter(rule -> rule.foreign(dialect).equals(foreign))
        .map(rule -> rule.renamed(rule.electra(), dialect))
        .findFirst();
  }

  /**
   * HuggingFace's name.
   *
   * @param leaf name below the task, of a layer that this form has
   */
  public Renamed toForeign(String leaf, Dialect dialect) {
    return rules.stream()
        .filter(rule -> rule.electra().equals(leaf))
        .map(rule -> rule.renamed(rule.foreign(dialect), dialect))
        .findFirst()
        .orElseThrow(() -> new AssertionError(this + " has no tensor " + leaf));
  }
}
