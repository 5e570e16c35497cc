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
    SDVariable context = selfAttention.build(self(scope), input, pattern, dropouts);
    return afterAttention(scope, context, input, dropouts); // [tokens, hidden]
  }

  /**
   * The rows of the first tokens of {@link #build} alone, {@code input [tokens, hidden] -> [batch,
   * hidden]}: all tokens are keys and values, the first ones are queries.
   */
  SDVariable buildFirst(
      Scope scope, SDVariable input, AttentionPattern pattern, DropoutSites dropouts) {
    SDVariable first =
        RowSelection.build(
            scope.at("first_tokens").path(),
            input,
            RowSelection.firstTokens(scope.sd())); // [batch, hidden]
    SDVariable context =
        selfAttention.buildFirst(self(scope), first, input, pattern, dropouts); // [batch, hidden]
    return afterAttention(scope, context, first, dropouts); // [batch, hidden]
  }

  private static Scope self(Scope scope) {
    return scope.at("attention").at("self");
  }

  /** Projection, feed-forward part and both residuals, row by row. */
  private SDVariable afterAttention(
      Scope scope, SDVariable context, SDVariable input, DropoutSites dropouts) {
    SDVariable attended =
        residual(scope.at("attention").at("output"), context, input, dropouts); // [rows, hidden]
    SDVariable widened =
        Dense.withGelu(scope.at("intermediate").at("dense"), attended); // [rows, intermediate]
    return residual(scope.at("output"), widened, attended, dropouts); // [rows, hidden]
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
