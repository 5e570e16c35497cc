package io.github.electra4j.train.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.electra4j.model.Checkpoint;
import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.GeneratorConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.WeightMap;
import io.github.electra4j.train.masking.MaskedBatch;
import io.github.electra4j.train.masking.Masker;
import io.github.electra4j.train.masking.MaskingRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Eight sentences of a made-up language, and a model that is small enough to learn them. */
final class TinyText {
  static final MaskingRules.SpecialIds SPECIAL = new MaskingRules.SpecialIds(1, 2, 3);
  static final int SEQ = 16;
  static final int VOCAB = 40;
  static final PretrainConfig CHOICES =
      PretrainConfig.defaults().withSchedule(2e-3, 10, 60).withBatch(8, 8).withSeed(5);

  private static final MaskingRules RULES =
      MaskingRules.of(SPECIAL, CHOICES.objective().maskProbability(), SEQ);

  private TinyText() {}

  /** Sentence {@code i} counts up from a start of its own in steps of its own. */
  static int[] sentence(int i) {
    int words = 8 + i % 5;
    int[] ids = new int[words + 2];
    ids[0] = SPECIAL.cls();
    for (int at = 0; at < words; at++) {
      ids[at + 1] = 4 + (5 * i + at * (1 + i % 3)) % (VOCAB - 4);
    }
    ids[words + 1] = SPECIAL.sep();
    return ids;
  }

  /** Sentences {@code from} to {@code to}. */
  static TokenBatch text(int from, int to) {
    List<int[]> ids = IntStream.range(from, to).mapToObj(TinyText::sentence).toList();
    List<int[]> types = ids.stream().map(row -> new int[row.length]).toList();
    return TokenBatch.padded(ids, types, SEQ);
  }

  /** The same, masked. */
  static MaskedBatch masked(int from, int to) {
    long[] numbers = IntStream.range(from, to).asLongStream().toArray();
    return new Masker(RULES, 5).mask(text(from, to), new long[to - from], numbers);
  }

  static Checkpoint start(double dropout) {
    EncoderConfig encoder = new EncoderConfig(32, 2, 2, 64, dropout, dropout);
    ElectraConfig config =
        new ElectraConfig(
            VOCAB,
            16,
            SEQ,
            2,
            0.05,
            encoder,
            Optional.of(
                new GeneratorConfig(
                    GeneratorConfig.Kind.SEPARATE,
                    new EncoderConfig(16, 1, 1, 32, dropout, dropout),
                    false)),
            true);
    return Checkpoint.of(
        config, WeightMap.initialise(TensorLayout.of(config), config.initializerRange(), 3));
  }

  /** Fails unless weights, moments and step are equal to the last bit. */
  static void assertSame(Checkpoint expected, Checkpoint actual) {
    assertSame(expected.weights().arrays(), actual.weights().arrays());
    assertEquals(
        expected.optimizer().isPresent(), actual.optimizer().isPresent(), "optimizer is there");
    expected
        .optimizer()
        .ifPresent(
            state -> {
              assertEquals(state.globalStep(), actual.optimizer().orElseThrow().globalStep());
              assertSame(state.slots(), actual.optimizer().orElseThrow().slots());
            });
  }

  private static void assertSame(Map<String, INDArray> expected, Map<String, INDArray> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, array) ->
            org.junit.jupiter.api.Assertions.assertArrayEquals(
                array.dup('c').data().asFloat(),
                actual.get(name).dup('c').data().asFloat(),
                0f,
                name));
  }
}
