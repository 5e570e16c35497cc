package io.github.electra4j.model.graph;

import io.github.electra4j.model.EncoderConfig;
import io.github.electra4j.model.op.DropoutSite;
import io.github.electra4j.model.op.FusedAttention;
import io.github.electra4j.model.op.FusedDense;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    if (scope.isFused(input)) {
      return attention(pattern, dropouts)
          .build(dense(scope, input, List.of("query", "key", "value"))); // [tokens, hidden]
    }
    AttentionPattern.Padded padded = padded(pattern);
    SDVariable queries = Dense.build(scope.at("query"), input); // [tokens, hidden]
    return composed(scope, heads(queries, headShape(scope.sd(), padded)), input, padded, dropouts);
  }

  /**
   * The contexts of some tokens, as many of every sequence: {@code queries [batch, hidden], input
   * [tokens, hidden] -> [batch, hidden]}.
   *
   * @param queries one row of {@code input} for every sequence
   */
  SDVariable buildFirst(
      Scope scope,
      SDVariable queries,
      SDVariable input,
      AttentionPattern pattern,
      DropoutSites dropouts) {
    if (!scope.isFused(input)) {
      SDVariable query = Dense.build(scope.at("query"), queries); // [batch, hidden]
      SDVariable alone =
          query.reshape(-1, 1, config.attentionHeads(), config.headSize()); // [batch, 1, ..]
      return composed(
          scope, scope.sd().permute(alone, 0, 2, 1, 3), input, padded(pattern), dropouts);
    }
    return attention(pattern, dropouts)
        .build(
            dense(scope, queries, List.of("query")), // [batch, hidden]
            dense(scope, input, List.of("key", "value"))); // [tokens, 2·hidden] -> [batch, hidden]
  }

  private FusedAttention.Builder attention(AttentionPattern pattern, DropoutSites dropouts) {
    Optional<DropoutSite> dropout = dropouts.next(config.attentionDropout());
    int heads = config.attentionHeads();
    if (pattern instanceof AttentionPattern.Packed packed) {
      return FusedAttention.packed(packed.starts(), packed.longest(), heads, dropout);
    }
    return FusedAttention.padded(padded(pattern).adder(), heads, dropout);
  }

  private static AttentionPattern.Padded padded(AttentionPattern pattern) {
    if (pattern instanceof AttentionPattern.Padded padded) {
      return padded;
    }
    throw new IllegalArgumentException(
        "Packed sequences are for fused graphs of FLOAT; pad the sequences of this one");
  }

  /** Layers side by side: {@code [rows, hidden] -> [rows, layers·hidden]}. */
  private static SDVariable dense(Scope scope, SDVariable input, List<String> layers) {
    List<SDVariable> parameters = new ArrayList<>();
    for (String layer : layers) {
      parameters.add(scope.at(layer).weight("kernel"));
      parameters.add(scope.at(layer).weight("bias"));
    }
    return FusedDense.plain(input, parameters.toArray(SDVariable[]::new));
  }

  /** {@code query} is [batch, heads, queries, head]. */
  private SDVariable composed(
      Scope scope,
      SDVariable query,
      SDVariable input,
      AttentionPattern.Padded pattern,
      DropoutSites dropouts) {
    SameDiff sd = scope.sd();
    SDVariable shape = headShape(sd, pattern); // LONG [4]: batch, seq, heads, head
    SDVariable key = heads(Dense.build(scope.at("key"), input), shape);
    SDVariable value = heads(Dense.build(scope.at("value"), input), shape);

    SDVariable scores = sd.mmul(query, key, false, true, false); // [batch, heads, queries, seq]
    SDVariable scaled = scores.mul(1 / Math.sqrt(config.headSize())); // [.., queries, seq]
    SDVariable masked = scaled.add(pattern.adder()); // [batch, heads, queries, seq]
    SDVariable probabilities =
        dropouts.drop(sd.nn().softmax(masked, 3), config.attentionDropout()); // [.., queries, seq]

    SDVariable context = sd.mmul(probabilities, value); // [batch, heads, queries, head]
    return sd.permute(context, 0, 2, 1, 3)
        .reshape(-1, config.hiddenSize()); // [batch · queries, hidden]
  }

  private static SDVariable heads(SDVariable flat, SDVariable shape) {
    SameDiff sd = flat.getSameDiff();
    return sd.permute(sd.reshape(flat, shape), 0, 2, 1, 3); // [batch, heads, seq, head]
  }

  private SDVariable headShape(SameDiff sd, AttentionPattern.Padded pattern) {
    SDVariable tail =
        sd.constant(Nd4j.createFromArray((long) config.attentionHeads(), config.headSize()));
    return sd.concat(0, pattern.shape(), tail);
  }
}
