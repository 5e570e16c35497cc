package io.github.electra4j.train.inference;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.task.BestPositions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Text for masks, drawn from the generator and improved in several steps. The generator is a small
 * masked language model: what it writes is locally plausible, seldom more. The number of tokens is
 * that of the masks.
 */
public final class TextGenerator {
  private final MaskFiller filler;
  private final ElectraTokenizer tokenizer;

  /** A generator of text over a model that fills masks, which the caller closes. */
  public TextGenerator(MaskFiller filler) {
    this.filler = filler;
    this.tokenizer = filler.tokenizer();
  }

  /** How the first draft is improved. */
  public enum Method {
    /**
     * All masks at once; then in every step the least certain are masked and drawn anew, fewer from
     * step to step (Ghazvininejad et al. 2019, Mask-Predict).
     */
    MASK_PREDICT,
    /** As the first, then in every step all tokens one after the other, in random order. */
    GIBBS
  }

  /**
   * How text is drawn.
   *
   * @param method of improvement
   * @param steps at least 1; the first draft of mask-predict is its first step
   * @param temperature divides the logits, above 0
   * @param topK tokens to draw from; 1 takes the most probable
   * @param seed of the draws
   */
  public record Choices(Method method, int steps, double temperature, int topK, long seed) {
    /** Checks the numbers. */
    public Choices {
      if (steps < 1 || topK < 1 || !(temperature > 0) || Double.isInfinite(temperature)) {
        throw new IllegalArgumentException(
            "Choices.steps is %d, topK %d and temperature %s; use at least 1, at least 1 and a number above 0"
                .formatted(steps, topK, temperature));
      }
    }
  }

  /**
   * A text without masks.
   *
   * @param text decoded from its tokens, so lower-cased by an uncased model
   * @param pieces what stands at the masks, as the vocabulary writes it
   * @param logProbability mean over the masks of the log-probability with which each was last drawn
   */
  public record Written(String text, List<String> pieces, double logProbability) {
    /** Copies the list. */
    public Written {
      pieces = List.copyOf(pieces);
    }
  }

  /**
   * Fills the masks of a text.
   *
   * @param text with {@code [MASK]} at least once
   * @throws UnreadableTextException if there is no mask
   */
  public Written write(String text, Choices choices) {
    int[] tokens = filler.tokens(text);
    List<Integer> masks = filler.positions(tokens, text);
    double[] certainty = new double[tokens.length]; // log-probability of the drawn token
    Random random = new Random(choices.seed());
    draw(tokens, masks, certainty, choices, random);
    if (choices.method() == Method.GIBBS) {
      gibbs(tokens, masks, certainty, choices, random);
    } else {
      maskPredict(tokens, masks, certainty, choices, random);
    }
    return new Written(
        tokenizer.decode(tokens),
        masks.stream().map(position -> tokenizer.vocabulary().piece(tokens[position])).toList(),
        masks.stream().mapToDouble(position -> certainty[position]).average().orElseThrow());
  }

  private void maskPredict(
      int[] tokens, List<Integer> masks, double[] certainty, Choices choices, Random random) {
    for (int step = 1; step < choices.steps(); step++) {
      int again = (int) ((long) masks.size() * (choices.steps() - step) / choices.steps());
      if (again == 0) {
        return;
      }
      List<Integer> leastCertain =
          masks.stream()
              .sorted(Comparator.comparingDouble(position -> certainty[position]))
              .limit(again)
              .sorted()
              .toList();
      leastCertain.forEach(position -> tokens[position] = tokenizer.maskId());
      draw(tokens, leastCertain, certainty, choices, random);
    }
  }

  private void gibbs(
      int[] tokens, List<Integer> masks, double[] certainty, Choices choices, Random random) {
    List<Integer> order = new ArrayList<>(masks);
    for (int step = 0; step < choices.steps(); step++) {
      Collections.shuffle(order, random);
      for (int position : order) {
        tokens[position] = tokenizer.maskId();
        draw(tokens, List.of(position), certainty, choices, random);
      }
    }
  }

  private void draw(
      int[] tokens, List<Integer> masked, double[] certainty, Choices choices, Random random) {
    float[][] logits = filler.logits(tokens, masked);
    for (int i = 0; i < logits.length; i++) {
      int[] specials = {
        tokenizer.padId(),
        tokenizer.unkId(),
        tokenizer.clsId(),
        tokenizer.sepId(),
        tokenizer.maskId()
      };
      for (int special : specials) {
        logits[i][special] = Float.NEGATIVE_INFINITY;
      }
      double[] probabilities = Probabilities.of(logits[i]);
      int id = drawn(logits[i], choices, random);
      tokens[masked.get(i)] = id;
      certainty[masked.get(i)] = Math.log(probabilities[id]);
    }
  }

  private static int drawn(float[] logits, Choices choices, Random random) {
    int[] best = BestPositions.of(logits, choices.topK());
    float[] scaled = new float[best.length];
    for (int i = 0; i < best.length; i++) {
      scaled[i] = (float) (logits[best[i]] / choices.temperature());
    }
    double[] probabilities = Probabilities.of(scaled);
    double rest = random.nextDouble();
    for (int i = 0; i < best.length; i++) {
      rest -= probabilities[i];
      if (rest < 0) {
        return best[i];
      }
    }
    return best[0]; // rounding
  }
}
