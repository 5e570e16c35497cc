package io.github.electra4j.model.graph;

import io.github.electra4j.model.ElectraConfig;
import io.github.electra4j.model.GeneratorConfig;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The two-tower cloze model of Electric (Clark et al., EMNLP 2020): token i is predicted from the
 * left-to-right tower at i−1 and the right-to-left tower at i+1, going round at both ends.
 */
public final class TwoTowers {
  private static final String PREVIOUS = "previous_rows";
  private static final String NEXT = "next_rows";

  private TwoTowers() {}

  /**
   * What the two towers compute.
   *
   * @param leftToRight output of the left-to-right tower
   * @param rightToLeft output of the right-to-left tower
   * @param context [tokens, 2·hidden], what each token is predicted from
   */
  public record Output(
      Encoder.Output leftToRight, Encoder.Output rightToLeft, SDVariable context) {}

  /** Adds both towers to the graph of {@code root}; both read the unmasked tokens. */
  public static Output build(
      Scope root,
      ElectraConfig config,
      GeneratorConfig generator,
      EncoderInputs inputs,
      DropoutSites dropouts) {
    Encoder.Output left = tower(root, config, generator, "ltr", inputs, dropouts);
    Encoder.Output right = tower(root, config, generator, "rtl", inputs, dropouts);
    SDVariable before =
        RowSelection.build(
            "cloze/before", left.last(), RowSelection.placeholder(root.sd(), PREVIOUS));
    SDVariable after =
        RowSelection.build("cloze/after", right.last(), RowSelection.placeholder(root.sd(), NEXT));
    return new Output(left, right, root.sd().concat(1, before, after)); // [tokens, 2·hidden]
  }

  private static Encoder.Output tower(
      Scope root,
      ElectraConfig config,
      GeneratorConfig generator,
      String direction,
      EncoderInputs inputs,
      DropoutSites dropouts) {
    AttentionPattern pattern = AttentionPattern.causal(inputs, direction);
    return Network.tower(config, generator, direction).build(root, inputs, pattern, dropouts);
  }

  /** The arrays of the placeholders that only the towers have. */
  public static Map<String, INDArray> feeds(int batch, int seq) {
    float[][] lower = new float[seq][seq];
    float[][] upper = new float[seq][seq];
    for (int query = 0; query < seq; query++) {
      for (int key = 0; key < seq; key++) {
        lower[query][key] = key <= query ? 1 : 0;
        upper[query][key] = key >= query ? 1 : 0;
      }
    }
    Map<String, INDArray> feeds = new HashMap<>();
    feeds.put(AttentionPattern.CAUSAL_PREFIX + "ltr", Nd4j.createFromArray(lower));
    feeds.put(AttentionPattern.CAUSAL_PREFIX + "rtl", Nd4j.createFromArray(upper));
    feeds.put(PREVIOUS, Nd4j.createFromArray(RowSelection.neighbours(batch, seq, -1)));
    feeds.put(NEXT, Nd4j.createFromArray(RowSelection.neighbours(batch, seq, 1)));
    return feeds;
  }
}
