package io.github.electra4j.model.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.TensorLayout;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.compute.Team;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Sequences without padding give the vectors and gradients of those that are filled up with it. */
class PackedSequencesTest {
  private static final int SEQ = 90;

  private static ElectraConfig config(double dropout) {
    return ElectraConfig.tiny(50)
        .withEmbeddingSize(16)
        .withMaxPositions(SEQ)
        .withEncoder(new EncoderConfig(24, 2, 3, 40, dropout, dropout))
        .discriminatorOnly();
  }

  /** Sequences of these numbers of tokens; every third token of the last one is masked. */
  private static TokenBatch batch(int seq, int... lengths) {
    Random random = new Random(17);
    int[][] ids = new int[lengths.length][seq];
    int[][] mask = new int[lengths.length][seq];
    int[][] types = new int[lengths.length][seq];
    for (int b = 0; b < lengths.length; b++) {
      for (int i = 0; i < seq; i++) {
        ids[b][i] = random.nextInt(50);
        types[b][i] = i > lengths[b] / 2 ? 1 : 0;
        mask[b][i] = i < lengths[b] ? 1 : 0;
      }
    }
    return new TokenBatch(ids, mask, types);
  }

  private static StyleCheck check(Map<String, INDArray> feeds) {
    StyleCheck check = new StyleCheck(3);
    TensorLayout.of(config(0)).forEach(spec -> check.weight(spec.name(), spec.shape()));
    feeds.forEach(check::feed);
    return check.feed("seed", Nd4j.scalar(7L));
  }

  private static SDVariable network(
      Scope scope, double dropout, BiFunction<Scope, EncoderInputs, AttentionPattern> pattern) {
    EncoderInputs inputs = EncoderInputs.placeholders(scope.sd(), DataType.FLOAT);
    DropoutSites dropouts = DropoutSites.seededBy(scope.sd().placeHolder("seed", DataType.INT64));
    return Network.discriminator(config(dropout))
        .buildFirst(scope, inputs, pattern.apply(scope, inputs), dropouts)
        .last();
  }

  private static SDVariable padded(Scope scope, double dropout) {
    return network(scope, dropout, (at, inputs) -> AttentionPattern.bidirectional(inputs));
  }

  private static SDVariable packed(Scope scope, double dropout) {
    return network(scope, dropout, (at, inputs) -> AttentionPattern.packed(at.sd(), SEQ));
  }

  private static void assertSame(TokenBatch batch, GraphStyle style, double dropout) {
    float[] factors = new float[batch.batch() * 24];
    Random random = new Random(11);
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) random.nextGaussian();
    }
    StyleCheck.Outcome padded =
        check(TokenFeeds.of(batch, config(0))).run(style, scope -> padded(scope, dropout), factors);
    StyleCheck.Outcome packed =
        check(PackedFeeds.of(batch, config(0)))
            .run(GraphStyle.FUSED, scope -> packed(scope, dropout), factors);
    assertArrayEquals(padded.output(), packed.output(), 1e-5f);
    assertEquals(padded.gradients().keySet(), packed.gradients().keySet());
    assertTrue(padded.gradients().size() > 30, () -> padded.gradients().keySet().toString());
    padded
        .gradients()
        .forEach((name, values) -> assertClose(name, values, packed.gradients().get(name)));
  }

  /** Equal but for the rounding of sums whose terms are as large as the largest value. */
  private static void assertClose(String name, float[] expected, float[] actual) {
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(expected, actual, 2e-5f * largest, name + " up to " + largest);
  }

  @Test
  void vectorsAndGradientsAreThoseOfPaddedSequences() {
    assertSame(batch(SEQ, 5, 90, 1, 70, 33), GraphStyle.PORTABLE, 0);
  }

  @Test
  void oneShortSequence() {
    assertSame(batch(4, 3), GraphStyle.PORTABLE, 0);
  }

  @Test
  void maskedTokensInTheMiddleAreLeftOut() {
    TokenBatch batch = batch(SEQ, 40, 90);
    for (int i = 2; i < SEQ; i += 3) {
      batch.attentionMask()[1][i] = 0;
    }
    assertSame(batch, GraphStyle.PORTABLE, 0);
  }

  @Test
  void dropoutIsThatOfFullSequences() {
    assertSame(batch(SEQ, SEQ, SEQ, SEQ), GraphStyle.FUSED, 0.2);
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    StyleCheck check = check(PackedFeeds.of(batch(SEQ, 5, 90, 1, 70, 33), config(0)));
    float[] factors = new float[5 * 24];
    java.util.Arrays.fill(factors, 0.7f);
    int before = Team.threads();
    try {
      Team.setThreads(1);
      StyleCheck.Outcome one = check.run(GraphStyle.FUSED, scope -> packed(scope, 0.2), factors);
      Team.setThreads(3);
      StyleCheck.Outcome three = check.run(GraphStyle.FUSED, scope -> packed(scope, 0.2), factors);
      assertArrayEquals(one.output(), three.output());
      one.gradients()
          .forEach((name, values) -> assertArrayEquals(values, three.gradients().get(name), name));
    } finally {
      Team.setThreads(before);
    }
  }

  @Test
  void thereIsNoPackedGraphOfStockOperations() {
    StyleCheck check = check(PackedFeeds.of(batch(4, 3), config(0)));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> check.run(GraphStyle.PORTABLE, scope -> packed(scope, 0), null));
    assertTrue(error.getMessage().contains("pad the sequences"), error.getMessage());
  }

  @Test
  void aSequenceThatBeginsWithPaddingIsNamed() {
    TokenBatch batch = batch(4, 3, 3);
    batch.attentionMask()[1][0] = 0;
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> PackedFeeds.of(batch, config(0)));
    assertTrue(error.getMessage().contains("attentionMask[1]"), error.getMessage());
  }

  @Test
  void aSequenceOfNothingButPaddingKeepsItsTokens() {
    INDArray starts = PackedFeeds.of(batch(6, 2, 0, 4), config(0)).get(PackedFeeds.SEQUENCE_STARTS);
    assertArrayEquals(new int[] {0, 2, 8, 12}, starts.toIntVector());
  }

  @Test
  void startsThatAreNoSequencesAreRefused() {
    Map<String, INDArray> feeds = PackedFeeds.of(batch(6, 2, 3), config(0));
    feeds.put(PackedFeeds.SEQUENCE_STARTS, Nd4j.createFromArray(0, 5, 5));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> check(feeds).run(GraphStyle.FUSED, scope -> packed(scope, 0), null));
    assertTrue(error.getMessage().contains("Sequence 1"), error.getMessage());
  }

  @Test
  void shapesAreFewAndLittleIsWasted() {
    for (int tokens = 1; tokens < 5000; tokens++) {
      int rounded = PackedFeeds.rounded(tokens);
      assertTrue(rounded >= tokens && rounded - tokens < Math.max(16, tokens / 16 + 1));
      assertEquals(rounded, PackedFeeds.rounded(rounded));
    }
    assertEquals(
        16,
        java.util.stream.IntStream.range(2049, 4097).map(PackedFeeds::rounded).distinct().count());
  }
}
