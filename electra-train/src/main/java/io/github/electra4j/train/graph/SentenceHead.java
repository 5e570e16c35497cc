package io.github.electra4j.train.graph;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.model.graph.Dense;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.Encoder;
import io.github.electra4j.model.graph.RowSelection;
import io.github.electra4j.model.graph.Scope;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The head for a decision about a whole sequence: dropout and one dense layer on the vector of
 * {@code [CLS]} in the last layer. There is no pooler and no hidden layer (reference:
 * finetune/classification/classification_tasks.py).
 */
final class SentenceHead {
  /** Name of the placeholder with the row of every {@code [CLS]}, INT [batch]. */
  static final String FIRST_ROWS = "first_rows";

  private SentenceHead() {}

  /**
   * Adds the head to the graph of {@code root}.
   *
   * @return {@code [batch, outputs]}: a logit per label, or the normalised value of a regression
   */
  static SDVariable build(
      Scope root, TaskHead head, Encoder.Output encoder, DropoutSites dropouts, double dropout) {
    SDVariable rows = RowSelection.placeholder(root.sd(), FIRST_ROWS); // [batch]
    SDVariable first = RowSelection.build("first_vectors", encoder.last(), rows); // [batch, hidden]
    SDVariable dropped = dropouts.drop(first, dropout); // [batch, hidden]
    Scope scope = root.at("task_specific").at(head.task()).at("dense");
    return Dense.build(scope, dropped); // [batch, outputs]
  }
}
