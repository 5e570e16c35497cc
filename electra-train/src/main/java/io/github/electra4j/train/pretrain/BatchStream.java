package io.github.electra4j.train.pretrain;

import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.train.masking.Draws;
import io.github.electra4j.train.masking.MaskedBatch;
import io.github.electra4j.train.masking.Masker;
import io.github.electra4j.train.masking.MaskingRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The masked batches of a run. Every epoch is a new permutation of the examples; batches follow one
 * another through the permutations without regard to their ends. What a step gets depends only on
 * the choices and the number of the step.
 *
 * <p>Not for use by several threads at once.
 */
final class BatchStream {
  private static final long ORDER = 4;

  private final ExampleSource source;
  private final PretrainConfig choices;
  private final Masker masker;
  private final long firstStep;
  private final long phase;
  private long epoch = -1;
  private int[] permutation = {};

  /**
   * @param phase which data this is, from 0; other data is masked differently
   * @param firstStep step whose batch is the first of this data
   */
  BatchStream(
      ExampleSource source,
      PretrainConfig choices,
      MaskingRules.SpecialIds special,
      int phase,
      long firstStep) {
    this.source = source;
    this.choices = choices;
    this.masker = new Masker(choices.maskingRules(special, source.seq()), choices.seed());
    this.phase = (long) phase << 48;
    this.firstStep = firstStep;
  }

  /** The batch of a step, in parts of {@link PretrainConfig#microBatch}. */
  List<MaskedBatch> at(long step) throws IOException {
    long first = (step - firstStep) * choices.batchSize();
    List<MaskedBatch> parts = new ArrayList<>();
    for (int done = 0; done < choices.batchSize(); done += choices.microBatch()) {
      int count = Math.min(choices.microBatch(), choices.batchSize() - done);
      parts.add(part(first + done, count));
    }
    return parts;
  }

  private MaskedBatch part(long first, int count) throws IOException {
    int[] indices = new int[count];
    long[] epochs = new long[count];
    for (int row = 0; row < count; row++) {
      epochs[row] = phase + (first + row) / source.size();
      indices[row] = order(epochs[row])[(int) ((first + row) % source.size())];
    }
    TokenBatch text = source.read(indices);
    return masker.mask(text, epochs, Arrays.stream(indices).asLongStream().toArray());
  }

  private int[] order(long wanted) {
    if (wanted != epoch) {
      SplittableRandom random = Draws.of(Draws.mix(choices.seed(), ORDER, wanted));
      permutation = IntStream.range(0, source.size()).toArray();
      for (int i = permutation.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = permutation[i];
        permutation[i] = permutation[j];
        permutation[j] = swapped;
      }
      epoch = wanted;
    }
    return permutation;
  }
}
