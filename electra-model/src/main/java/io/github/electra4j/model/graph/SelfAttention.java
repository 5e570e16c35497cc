package io.github.electra4j.model.graph;

import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.op.FusedAttention;
import io.github.electra4j.model.op.FusedDense;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** Multi-head scaled dot-product attention (Vaswani et al. 2017, section 3.2). */
public final class SelfAttention {
  private final EncoderConfig config;

  /** Attention as wide as {@code config}. */
  public SelfAttention(EncoderConfig config) {
    this.config = config;
  }

  /** {@code input [tokens, hidden] -> context [tokens, hidden]}, before the output projection. */
  public SDVariable build(
      Scope scope, SDVariable input, AttentionPattern pattern, DropoutSites dropouts) {
    return scope.isFused(input)
        ? fused(scope, input, pattern, dropouts)
        : composed(scope, input, pattern, dropouts);
  }

  private SDVariable fused(
      Scope scope, SDVariable input, AttentionPattern pattern, DropoutSites dropouts) {
    List<SDVariable> parameters = new ArrayList<>();
    for (String part : List.of("query", "key", "value")) {
      parameters.add(scope.at(part).weight("kernel"));
      parameters.add(scope.at(part).weight("bias"));
    }
    SDVariable queryKeyValue =
        FusedDense.plain(input, parameters.toArray(SDVariable[]::new)); // [tokens, 3·hidden]
    return FusedAttention.build(
        queryKeyValue,
        pattern.adder(),
        config.attentionHeads(),
        dropouts.next(config.attentionDropout())); // [tokens, hidden]
  }

  private SDVariable composed(
      Scope scope, SDVariable input, AttentionPattern pattern, DropoutSites dropouts) {
    SameDiff sd = scope.sd();
    SDVariable shape = headShape(sd, pattern); // LONG [4]: batch, seq, heads, head
    SDVariable query = heads(Dense.build(scope.at("query"), input), shape);
    SDVariable key = heads(Dense.build(scope.at("key"), input), shape);
    SDVariable value = heads(Dense.build(scope.at("value"), input), shape);

    SDVariable scores = sd.mmul(query, key, false, true, false); // [batch, heads, seq, seq]
    SDVariable scaled = scores.mul(1 / Math.sqrt(config.headSize())); // [batch, heads, seq, seq]
    SDVariable masked = scaled.add(pattern.adder()); // [batch, heads, seq, seq]
    SDVariable probabilities =
        dropouts.drop(sd.nn().softmax(masked, 3), config.attentionDropout()); // [.., seq, seq]

    SDVariable context = sd.mmul(probabilities, value); // [batch, heads, seq, head]
    return sd.permute(context, 0, 2, 1, 3).reshape(-1, config.hiddenSize()); // [tokens, hidden]
  }

  private static SDVariable heads(SDVariable flat, SDVariable shape) {
    SameDiff sd = flat.getSameDiff();
    return sd.permute(sd.reshape(flat, shape), 0, 2, 1, 3); // [batch, heads, seq, head]
  }

  private SDVariable headShape(SameDiff sd, AttentionPattern pattern) {
    SDVariable tail =
        sd.constant(Nd4j.createFromArray((long) config.attentionHeads(), config.headSize()));
    return sd.concat(0, pattern.shape(), tail);
  }
}
