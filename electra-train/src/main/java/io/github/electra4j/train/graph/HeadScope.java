package io.github.electra4j.train.graph;

import io.github.electra4j.model.HeadLayers;
import io.github.electra4j.model.graph.Dense;
import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.model.graph.RowSelection;
import io.github.electra4j.model.graph.Scope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What a head finds in the graph that it is added to.
 *
 * @param root the graph
 * @param task name of the head's task
 * @param vectors output of the last layer: of all tokens, [tokens, hidden], or of every {@code
 *     [CLS]}, [sequences, hidden]
 * @param dropouts none in a graph for inference
 * @param dropout share of the {@code [CLS]} vector dropped before a head for whole texts
 */
record HeadScope(
    Scope root, String task, SDVariable vectors, DropoutSites dropouts, double dropout) {

  /** The scope of one of the head's layers, e.g. {@code dense_1}. */
  Scope layer(String name) {
    return root.at("task_specific").at(task).at(name);
  }

  /** The name under which a head is fed with {@code name}. */
  String feed(String name) {
    return "feeds/" + task + "/" + name;
  }

  /** A placeholder of floating-point numbers. */
  SDVariable numbers(String name, long... shape) {
    return root.sd().placeHolder(feed(name), vectors.dataType(), shape);
  }

  /** A placeholder of integers, [count]. */
  SDVariable integers(String name) {
    return root.sd().placeHolder(feed(name), DataType.INT32, -1);
  }

  /** Rows of {@code table}, fed as {@code name}: [count, width]. */
  SDVariable rows(String name, SDVariable table) {
    return RowSelection.build(task + "/" + name, table, integers(name));
  }

  /** The vectors of {@code [CLS]}, fed as {@code name}, with dropout: [count, hidden]. */
  SDVariable droppedFirst(String name) {
    return dropouts.drop(rows(name, vectors), dropout);
  }

  /**
   * What a head for whole texts computes from the vectors of {@code [CLS]}, fed as {@code name}:
   * [count, outputs]. A layer between them and the last has dropout of its own.
   */
  SDVariable ofFirst(String name, HeadLayers layers) {
    SDVariable last = droppedFirst(name); // [count, hidden]
    if (layers == HeadLayers.TWO) {
      last = dropouts.drop(Dense.withGelu(layer("hidden"), last), dropout); // [count, hidden]
    }
    return Dense.build(layer("dense"), last); // [count, outputs]
  }
}
