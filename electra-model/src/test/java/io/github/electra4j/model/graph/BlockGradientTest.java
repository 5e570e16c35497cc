package io.github.electra4j.model.graph;

import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.op.Dropout;
import io.github.electra4j.model.op.DropoutSite;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Finite differences in double precision for every block, at widths of 16 and more. */
class BlockGradientTest {
  private static final int HIDDEN = 16;
  private static final int INTERMEDIATE = 24;
  private static final int BATCH = 2;
  private static final int SEQ = 3;
  private static final int TOKENS = BATCH * SEQ;
  private static final EncoderConfig CONFIG =
      new EncoderConfig(HIDDEN, 1, 2, INTERMEDIATE, 0.2, 0.3);

  private final GradientCheck check = new GradientCheck(17);

  @Test
  void dense() {
    check.dense("d", HIDDEN, INTERMEDIATE);
    SDVariable input = check.input("x", TOKENS, HIDDEN);
    check.check(Dense.build(check.scope().at("d"), input), TOKENS, INTERMEDIATE);
  }

  @Test
  void gelu() {
    SDVariable input = check.input("x", TOKENS, HIDDEN);
    check.check(Gelu.build(input), TOKENS, HIDDEN);
  }

  @Test
  void layerNorm() {
    check.layerNorm("LayerNorm", HIDDEN);
    SDVariable input = check.input("x", TOKENS, HIDDEN);
    check.check(LayerNorm.build(check.scope().at("LayerNorm"), input), TOKENS, HIDDEN);
  }

  @Test
  void dropoutRepeatsItsMaskBackwards() {
    SDVariable input = check.input("x", TOKENS, HIDDEN);
    SDVariable seed = seed();
    check.check(Dropout.build(input, new DropoutSite(seed, 3, 0.4)), TOKENS, HIDDEN);
  }

  @Test
  void embeddings() {
    check
        .weight("e/word_embeddings", 7, HIDDEN)
        .weight("e/token_type_embeddings", 2, HIDDEN)
        .weight("e/position_embeddings", 5, HIDDEN)
        .layerNorm("e/LayerNorm", HIDDEN);
    EncoderInputs inputs = EncoderInputs.placeholders(check.graph(), DataType.DOUBLE);
    check.feed(EncoderInputs.INPUT_IDS, GradientCheck.ids(1, 4, 4, 1, 6, 0));
    check.feed(EncoderInputs.TOKEN_TYPE_IDS, GradientCheck.ids(0, 0, 1, 0, 1, 1));
    check.feed(EncoderInputs.POSITION_IDS, GradientCheck.ids(0, 1, 2, 0, 1, 2));
    DropoutSites dropouts = DropoutSites.seededBy(seed());
    SDVariable out = new Embeddings(0.2).build(check.scope().at("e"), inputs, dropouts);
    check.check(out, TOKENS, HIDDEN);
  }

  @Test
  void selfAttention() {
    check.dense("a/query", HIDDEN, HIDDEN);
    check.dense("a/key", HIDDEN, HIDDEN);
    check.dense("a/value", HIDDEN, HIDDEN);
    AttentionPattern pattern = pattern();
    SDVariable input = check.input("x", TOKENS, HIDDEN);
    SDVariable out =
        new SelfAttention(CONFIG)
            .build(check.scope().at("a"), input, pattern, DropoutSites.seededBy(seed()));
    check.check(out, TOKENS, HIDDEN);
  }

  @Test
  void causalSelfAttention() {
    check.dense("a/query", HIDDEN, HIDDEN);
    check.dense("a/key", HIDDEN, HIDDEN);
    check.dense("a/value", HIDDEN, HIDDEN);
    EncoderInputs inputs = EncoderInputs.placeholders(check.graph(), DataType.DOUBLE);
    check.feed(
        EncoderInputs.ATTENTION_MASK, GradientCheck.mask(new double[][] {{1, 1, 1}, {1, 1, 0}}));
    check.feed("visible_ltr", GradientCheck.mask(new double[][] {{1, 0, 0}, {1, 1, 0}, {1, 1, 1}}));
    SDVariable input = check.input("x", TOKENS, HIDDEN);
    SDVariable out =
        new SelfAttention(CONFIG)
            .build(
                check.scope().at("a"),
                input,
                AttentionPattern.causal(inputs, "ltr"),
                DropoutSites.none());
    check.check(out, TOKENS, HIDDEN);
  }

  @Test
  void transformerLayerWithProjection() {
    check.dense("electra/embeddings_project", HIDDEN + 1, HIDDEN);
    String layer = "electra/encoder/layer_0/";
    for (String part : new String[] {"query", "key", "value"}) {
      check.dense(layer + "attention/self/" + part, HIDDEN, HIDDEN);
    }
    check.dense(layer + "attention/output/dense", HIDDEN, HIDDEN);
    check.layerNorm(layer + "attention/output/LayerNorm", HIDDEN);
    check.dense(layer + "intermediate/dense", HIDDEN, INTERMEDIATE);
    check.dense(layer + "output/dense", INTERMEDIATE, HIDDEN);
    check.layerNorm(layer + "output/LayerNorm", HIDDEN);
    AttentionPattern pattern = pattern();
    SDVariable input = check.input("x", TOKENS, HIDDEN + 1);
    Encoder.Output out =
        new Encoder(CONFIG)
            .build(
                check.scope().at("electra"),
                input,
                HIDDEN + 1,
                pattern,
                DropoutSites.seededBy(seed()));
    check.check(out.last(), TOKENS, HIDDEN);
  }

  @Test
  void discriminatorHead() {
    check.dense("discriminator_predictions/dense", HIDDEN, HIDDEN);
    check.dense("discriminator_predictions/dense_1", HIDDEN, 1);
    SDVariable input = check.input("x", TOKENS, HIDDEN);
    check.check(DiscriminatorHead.build(check.scope(), input), TOKENS, 1);
  }

  @Test
  void generatorHeadWithItsTiedTable() {
    check.dense("generator_predictions/dense", HIDDEN, HIDDEN + 1);
    check.layerNorm("generator_predictions/LayerNorm", HIDDEN + 1);
    check.weight("generator_predictions/output_bias", 7);
    SDVariable table = check.input("word_embeddings", 7, HIDDEN + 1);
    SDVariable input = check.input("x", TOKENS, HIDDEN);
    check.check(
        GeneratorHead.build(check.scope().at("generator_predictions"), input, table), TOKENS, 7);
  }

  private AttentionPattern pattern() {
    EncoderInputs inputs = EncoderInputs.placeholders(check.graph(), DataType.DOUBLE);
    check.feed(
        EncoderInputs.ATTENTION_MASK, GradientCheck.mask(new double[][] {{1, 1, 1}, {1, 1, 0}}));
    return AttentionPattern.bidirectional(inputs);
  }

  private SDVariable seed() {
    check.feed("seed", Nd4j.scalar(99L));
    return check.graph().placeHolder("seed", DataType.INT64);
  }
}
