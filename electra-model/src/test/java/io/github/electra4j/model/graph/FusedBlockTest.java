package io.github.electra4j.model.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.compute.Team;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every fused operation against the same block of stock operations, and against finite differences.
 * Sizes are odd on purpose, and larger than a tile, a block of queries or a vector somewhere.
 */
class FusedBlockTest {
  private static final int HIDDEN = 36;
  private static final int BATCH = 3;

  private final StyleCheck check = new StyleCheck(29);

  @Test
  void dense() {
    check.weight("x", 530, HIDDEN).dense("d", HIDDEN, 19);
    check.check(scope -> Dense.build(scope.at("d"), scope.weight("x")));
  }

  @Test
  void denseOfOneRowAndOneColumn() {
    check.weight("x", 1, HIDDEN).dense("d", HIDDEN, 1);
    check.check(scope -> Dense.build(scope.at("d"), scope.weight("x")));
  }

  @Test
  void denseWiderThanATile() {
    check.weight("x", 5, HIDDEN).dense("d", HIDDEN, 1100);
    check.check(scope -> Dense.build(scope.at("d"), scope.weight("x")));
  }

  @Test
  void denseWithGelu() {
    check.weight("x", 70, HIDDEN).dense("d", HIDDEN, 50);
    check.check(scope -> Dense.withGelu(scope.at("d"), scope.weight("x")));
  }

  @Test
  void layerNorm() {
    check.weight("x", 21, HIDDEN).layerNorm("LayerNorm", HIDDEN);
    check.check(scope -> LayerNorm.build(scope.at("LayerNorm"), scope.weight("x")));
  }

  @Test
  void denseOfOneRow() {
    check.weight("x", 1, HIDDEN).dense("d", HIDDEN, 50);
    check.check(scope -> Dense.build(scope.at("d"), scope.weight("x")));
  }

  @Test
  void denseWithGeluOfOneRow() {
    check.weight("x", 1, HIDDEN).dense("d", HIDDEN, 50);
    check.check(scope -> Dense.withGelu(scope.at("d"), scope.weight("x")));
  }

  @Test
  void layerNormOfOneRow() {
    check.weight("x", 1, HIDDEN).layerNorm("LayerNorm", HIDDEN);
    check.check(scope -> LayerNorm.build(scope.at("LayerNorm"), scope.weight("x")));
  }

  @Test
  void embeddings() {
    check
        .weight("e/word_embeddings", 7, HIDDEN)
        .weight("e/token_type_embeddings", 2, HIDDEN)
        .weight("e/position_embeddings", 5, HIDDEN)
        .layerNorm("e/LayerNorm", HIDDEN)
        .feed(EncoderInputs.INPUT_IDS, Nd4j.createFromArray(1, 4, 4, 1, 6, 0))
        .feed(EncoderInputs.TOKEN_TYPE_IDS, Nd4j.createFromArray(0, 0, 1, 0, 1, 1))
        .feed(EncoderInputs.POSITION_IDS, Nd4j.createFromArray(0, 1, 2, 0, 1, 2))
        .feed(EncoderInputs.ATTENTION_MASK, Nd4j.ones(DataType.FLOAT, 2, 3))
        .feed("seed", Nd4j.scalar(99L));
    check.check(
        scope ->
            new Embeddings(0.2)
                .build(
                    scope.at("e"),
                    EncoderInputs.placeholders(scope.sd(), DataType.FLOAT),
                    dropouts(scope)));
  }

  @Test
  void attentionWithPaddingAndDropout() {
    attention(70, 0.3, lengths(70, 70, 33, 1));
  }

  @Test
  void attentionOverNothingButPadding() {
    declareAttention(9, lengths(9, 9, 0, 4)); // scores near -10000 are coarse in FLOAT
    check.checkStyles(scope -> attention(scope, 0));
  }

  @Test
  void causalAttention() {
    int seq = 19;
    float[][] visible = new float[seq][seq];
    for (int query = 0; query < seq; query++) {
      Arrays.fill(visible[query], 0, query + 1, 1);
    }
    declareAttention(seq, lengths(seq, seq, 7, 12));
    check.feed(AttentionPattern.CAUSAL_PREFIX + "ltr", Nd4j.createFromArray(visible));
    check.check(
        scope -> {
          EncoderInputs inputs = EncoderInputs.placeholders(scope.sd(), DataType.FLOAT);
          return new SelfAttention(config(0, 0.25))
              .build(
                  scope.at("a"),
                  scope.weight("x"),
                  AttentionPattern.causal(inputs, "ltr"),
                  dropouts(scope));
        });
  }

  private void attention(int seq, double dropout, INDArray mask) {
    declareAttention(seq, mask);
    check.check(scope -> attention(scope, dropout));
  }

  private static SDVariable attention(Scope scope, double dropout) {
    EncoderInputs inputs = EncoderInputs.placeholders(scope.sd(), DataType.FLOAT);
    return new SelfAttention(config(0, dropout))
        .build(
            scope.at("a"),
            scope.weight("x"),
            AttentionPattern.bidirectional(inputs),
            dropouts(scope));
  }

  private void declareAttention(int seq, INDArray mask) {
    check
        .weight("x", (long) BATCH * seq, HIDDEN)
        .dense("a/query", HIDDEN, HIDDEN)
        .dense("a/key", HIDDEN, HIDDEN)
        .dense("a/value", HIDDEN, HIDDEN)
        .feed(EncoderInputs.ATTENTION_MASK, mask)
        .feed("seed", Nd4j.scalar(3L));
  }

  @Test
  void encoderOfTwoLayersWithProjectionAndDropout() {
    encoder(check, 24);
    check.check(scope -> encoder(scope, 0.1, 0.2));
  }

  @Test
  void firstTokensOfAnEncoder() {
    encoder(check, 24);
    check.feed(RowSelection.FIRST_TOKENS, Nd4j.createFromArray(0, 24, 48));
    check.check(scope -> firstTokens(scope, 0.1, 0.2));
  }

  @Test
  void firstTokensAreThoseOfTheWholeLayerAndSoAreTheGradients() {
    encoder(check, 70);
    check.feed(RowSelection.FIRST_TOKENS, Nd4j.createFromArray(0, 70, 140));
    float[] factors = new float[BATCH * HIDDEN];
    Random random = new Random(11);
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) random.nextGaussian();
    }
    for (GraphStyle style : GraphStyle.values()) {
      StyleCheck.Outcome first = check.run(style, scope -> firstTokens(scope, 0, 0), factors);
      StyleCheck.Outcome whole =
          check.run(
              style,
              scope ->
                  RowSelection.build(
                      "firsts", encoder(scope, 0, 0), RowSelection.firstTokens(scope.sd())),
              factors);
      assertArrayEquals(whole.output(), first.output(), 1e-5f);
      assertEquals(whole.gradients().keySet(), first.gradients().keySet());
      whole
          .gradients()
          .forEach(
              (name, values) ->
                  assertArrayEquals(values, first.gradients().get(name), 2e-5f, name));
    }
  }

  @Test
  void aLongEncoder() {
    encoder(check, 180);
    check.check(scope -> encoder(scope, 0.1, 0.2));
  }

  @Test
  void discriminatorHead() {
    check
        .weight("x", 40, HIDDEN)
        .dense("discriminator_predictions/dense", HIDDEN, HIDDEN)
        .dense("discriminator_predictions/dense_1", HIDDEN, 1);
    check.check(scope -> DiscriminatorHead.build(scope, scope.weight("x")));
  }

  @Test
  void generatorHeadWithItsTiedTable() {
    check
        .weight("x", 13, HIDDEN)
        .weight("table", 300, 20)
        .dense("g/dense", HIDDEN, 20)
        .layerNorm("g/LayerNorm", 20)
        .weight("g/output_bias", 300);
    check.check(
        scope -> GeneratorHead.build(scope.at("g"), scope.weight("x"), scope.weight("table")));
  }

  @Test
  void vocabularyLoss() {
    check.weight("x", 5, 1003).feed("targets", Nd4j.createFromArray(3, 2005, 2006, 3900, 5014));
    check.check(
        scope ->
            VocabularyLoss.build(
                scope, scope.weight("x"), RowSelection.placeholder(scope.sd(), "targets")));
  }

  @Test
  void aTargetOutsideItsRowIsNamed() {
    check.weight("x", 2, 10).feed("targets", Nd4j.createFromArray(3, 9));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                check.run(
                    GraphStyle.FUSED,
                    scope ->
                        VocabularyLoss.build(
                            scope,
                            scope.weight("x"),
                            RowSelection.placeholder(scope.sd(), "targets")),
                    null));
    assertTrue(error.getMessage().contains("target 9 is not in row 1"), error.getMessage());
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    encoder(check, 180);
    float[] factors = new float[BATCH * 180 * HIDDEN];
    Random random = new Random(8);
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) random.nextGaussian();
    }
    int before = Team.threads();
    try {
      Team.setThreads(1);
      StyleCheck.Outcome one =
          check.run(GraphStyle.FUSED, scope -> encoder(scope, 0.1, 0.2), factors);
      for (int threads = 2; threads <= 5; threads++) {
        Team.setThreads(threads);
        StyleCheck.Outcome many =
            check.run(GraphStyle.FUSED, scope -> encoder(scope, 0.1, 0.2), factors);
        assertArrayEquals(one.output(), many.output());
        one.gradients()
            .forEach((name, values) -> assertArrayEquals(values, many.gradients().get(name), name));
      }
    } finally {
      Team.setThreads(before);
    }
  }

  private static void encoder(StyleCheck check, int seq) {
    check
        .weight("x", (long) BATCH * seq, HIDDEN + 1)
        .dense("electra/embeddings_project", HIDDEN + 1, HIDDEN)
        .feed(EncoderInputs.ATTENTION_MASK, lengths(seq, seq, seq / 2, seq - 3))
        .feed("seed", Nd4j.scalar(5L));
    for (int i = 0; i < 2; i++) {
      String layer = "electra/encoder/layer_" + i + "/";
      for (String part : new String[] {"query", "key", "value"}) {
        check.dense(layer + "attention/self/" + part, HIDDEN, HIDDEN);
      }
      check.dense(layer + "attention/output/dense", HIDDEN, HIDDEN);
      check.layerNorm(layer + "attention/output/LayerNorm", HIDDEN);
      check.dense(layer + "intermediate/dense", HIDDEN, 52);
      check.dense(layer + "output/dense", 52, HIDDEN);
      check.layerNorm(layer + "output/LayerNorm", HIDDEN);
    }
  }

  private static SDVariable encoder(Scope scope, double hiddenDropout, double attentionDropout) {
    return encoder(scope, hiddenDropout, attentionDropout, Encoder.Wanted.ALL_TOKENS);
  }

  private static SDVariable firstTokens(
      Scope scope, double hiddenDropout, double attentionDropout) {
    return encoder(scope, hiddenDropout, attentionDropout, Encoder.Wanted.FIRST_TOKENS);
  }

  private static SDVariable encoder(
      Scope scope, double hiddenDropout, double attentionDropout, Encoder.Wanted wanted) {
    EncoderInputs inputs = EncoderInputs.placeholders(scope.sd(), DataType.FLOAT);
    return new Encoder(config(hiddenDropout, attentionDropout))
        .build(
            scope.at("electra"),
            scope.weight("x"),
            HIDDEN + 1,
            AttentionPattern.bidirectional(inputs),
            dropouts(scope),
            wanted)
        .last();
  }

  private static EncoderConfig config(double hiddenDropout, double attentionDropout) {
    return new EncoderConfig(HIDDEN, 2, 3, 52, hiddenDropout, attentionDropout);
  }

  private static DropoutSites dropouts(Scope scope) {
    return DropoutSites.seededBy(scope.sd().placeHolder("seed", DataType.INT64));
  }

  private static INDArray lengths(int seq, int... lengths) {
    float[][] mask = new float[lengths.length][seq];
    for (int row = 0; row < lengths.length; row++) {
      Arrays.fill(mask[row], 0, lengths[row], 1);
    }
    return Nd4j.createFromArray(mask);
  }
}
