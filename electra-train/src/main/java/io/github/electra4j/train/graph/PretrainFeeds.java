package io.github.electra4j.train.graph;

import io.github.electra4j.model.graph.DropoutSites;
import io.github.electra4j.train.masking.Draws;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The arrays of a step's placeholders, flat and of the graph's type. */
final class PretrainFeeds {
  /** Whose dropout masks; the two networks of a step must not share theirs. */
  enum Owner {
    GENERATOR(1),
    DISCRIMINATOR(2);

    private final long stream;

    Owner(long stream) {
      this.stream = stream;
    }
  }

  private static final String DROPOUT_SEED = "dropout_seed";

  private final Map<String, INDArray> feeds;
  private final DataType type;

  PretrainFeeds(Map<String, INDArray> tokens, DataType type) {
    this.type = type;
    this.feeds = new HashMap<>();
    putAll(tokens);
  }

  /** Dropout in training, none in evaluation. */
  static DropoutSites dropouts(SameDiff sd, boolean training) {
    return training
        ? DropoutSites.seededBy(sd.placeHolder(DROPOUT_SEED, DataType.INT64))
        : DropoutSites.none();
  }

  PretrainFeeds putAll(Map<String, INDArray> arrays) {
    arrays.forEach((name, array) -> feeds.put(name, array.isR() ? array.castTo(type) : array));
    return this;
  }

  PretrainFeeds put(String name, int[] values) {
    feeds.put(name, Nd4j.createFromArray(values));
    return this;
  }

  /** A column {@code [values, 1]} of floating-point numbers. */
  PretrainFeeds putColumn(String name, double[] values) {
    feeds.put(name, Nd4j.createFromArray(values).castTo(type).reshape(values.length, 1));
    return this;
  }

  Map<String, INDArray> withDropout(long seed, Owner owner) {
    feeds.put(DROPOUT_SEED, Nd4j.scalar(Draws.mix(seed, owner.stream)));
    return feeds;
  }
}
