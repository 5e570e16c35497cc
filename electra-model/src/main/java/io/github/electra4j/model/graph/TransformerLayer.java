package io.github.electra4j.model.graph;

import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.op.FusedResidualNorm;
import org.nd4j.autodiff.samediff.SDVariable;

/** One post-LayerNorm transformer layer, exactly BERT's. */
public final class TransformerLayer {
  private final EncoderConfig config;
  private final SelfAttention selfAttention;

  /** A layer as wide as {@code config}. */
  public TransformerLayer(EncoderConfig config) {
    this.config = config;
    this.selfAttention = new SelfAttention(config);
  }

  /** {@code input [tokens, hidden] -> [tokens, hidden]}; {@code scope} ends in {@code layer_i}. */
  public SDVariable build(
      Scope scope, SDVariable input, AttentionPattern pattern, DropoutSites dropouts) {
    Scope attention = scope.at("attention");
    SDVariable context = selfAttention.build(attention.at("self"), input, pattern, dropouts);
    SDVariable attended =
        residual(attention.at("output"), context, input, dropouts); // [tokens, hidden]
    SDVariable widened =
        Dense.withGelu(scope.at("intermediate").at("dense"), attended); // [tokens, intermediate]
    return residual(scope.at("output"), widened, attended, dropouts); // [tokens, hidden]
  }

  /** Dense, dropout, then LayerNorm of the sum with the residual. */
  private SDVariable residual(
      Scope scope, SDVariable input, SDVariable residual, DropoutSites dropouts) {
    if (scope.isFused(input)) {
      return FusedResidualNorm.build(
          input, residual, parameters(scope), dropouts.next(config.hiddenDropout()));
    }
    SDVariable projected = Dense.build(scope.at("dense"), input); // [tokens, hidden]
    SDVariable dropped = dropouts.drop(projected, config.hiddenDropout()); // [tokens, hidden]
    return LayerNorm.build(scope.at("LayerNorm"), dropped.add(residual)); // [tokens, hidden]
  }

  private static FusedResidualNorm.Parameters parameters(Scope scope) {
    Scope dense = scope.at("dense");
    Scope norm = scope.at("LayerNorm");
    return new FusedResidualNorm.Parameters(
        dense.weight("kernel"), dense.weight("bias"), norm.weight("gamma"), norm.weight("beta"));
  }
}
