package io.github.electra4j.train.graph;

import io.github.electra4j.train.task.TaskTarget;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays that several heads are fed with. */
final class HeadFeeds {
  private HeadFeeds() {}

  /** The row of every example's {@code [CLS]}, INT [examples]. */
  static INDArray firstRows(HeadBatch<?> batch) {
    int[] rows = new int[batch.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = batch.firstRow(i, 0);
    }
    return Nd4j.createFromArray(rows);
  }

  /** A row per index with a 1 at the index, [rows, classes]. */
  static INDArray oneHot(int[] indices, int classes) {
    float[][] rows = new float[indices.length][classes];
    for (int i = 0; i < indices.length; i++) {
      rows[i][require(indices[i], classes)] = 1;
    }
    return Nd4j.createFromArray(rows);
  }

  /** The rows of all labelled words, as many for every example: INT [examples · words]. */
  static INDArray wordRows(HeadBatch<?> batch, List<TaskTarget.Tags> tags) {
    int words = words(tags);
    int[] rows = new int[tags.size() * words];
    for (int i = 0; i < tags.size(); i++) {
      int[] positions = tags.get(i).positions();
      for (int w = 0; w < words; w++) {
        rows[i * words + w] = batch.row(i, w < positions.length ? positions[w] : 0);
      }
    }
    return Nd4j.createFromArray(rows);
  }

  /** A row per word with a 1 at its label; nothing but 0 where there is no word. */
  static INDArray wordTargets(List<TaskTarget.Tags> tags, int labels) {
    int words = words(tags);
    float[][] rows = new float[tags.size() * words][labels];
    for (int i = 0; i < tags.size(); i++) {
      int[] wanted = tags.get(i).labels();
      for (int w = 0; w < wanted.length; w++) {
        rows[i * words + w][require(wanted[w], labels)] = 1;
      }
    }
    return Nd4j.createFromArray(rows);
  }

  /** The rows of each example's words, without those that only fill up: [words, labels]. */
  static float[][] wordLogits(float[][] rows, List<TaskTarget.Tags> tags, int example) {
    int from = example * words(tags);
    return java.util.Arrays.copyOfRange(rows, from, from + tags.get(example).positions().length);
  }

  /** Words of the longest sentence, rounded up to a multiple of 8 so that few shapes occur. */
  private static int words(List<TaskTarget.Tags> tags) {
    int most = tags.stream().mapToInt(t -> t.positions().length).max().orElse(0);
    return Math.max(8, (most + 7) / 8 * 8);
  }

  private static int require(int index, int count) {
    if (index >= count) {
      throw new IllegalArgumentException(
          "A target has the index %d; the head knows 0 to %d".formatted(index, count - 1));
    }
    return index;
  }
}
