package io.github.electra4j.train.inference;

import io.github.electra4j.model.Generator;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.task.BestPositions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Fills in what {@code [MASK]} stands for. Made by {@link Electra#fillMask}. */
public final class MaskFiller implements AutoCloseable {
  /** How a text marks a word to be filled in. */
  public static final String MASK = "[MASK]";

  private final ElectraTokenizer tokenizer;
  private final Generator generator;
  private final int maxTokens;

  MaskFiller(LoadedModel loaded) throws MalformedFileException {
    if (loaded.checkpoint().config().generator().isEmpty()) {
      throw MalformedFileException.in(
          loaded.source(),
          "the checkpoint has no generator, which is what fills in words. Use a pre-trained checkpoint that has kept it.");
    }
    this.tokenizer = loaded.tokenizer();
    this.generator = Generator.of(loaded.checkpoint().config(), loaded.checkpoint().weights());
    this.maxTokens = loaded.maxTokens();
  }

  /**
   * A piece that may stand at a mask.
   *
   * @param piece as the vocabulary writes it
   * @param probability in [0, 1]
   */
  public record Filling(String piece, double probability) {}

  /**
   * The most probable fillings of every mask, in the order of the text; the masks are filled
   * independently. Of a long text, as much is read around each mask as the model can.
   *
   * @param text with {@code [MASK]} at least once
   * @param count fillings per mask, at least 1
   * @throws IllegalArgumentException if there is no mask
   */
  public List<List<Filling>> fill(String text, int count) {
    int[] tokens = tokens(text);
    int[] masks =
        IntStream.range(0, tokens.length).filter(i -> tokens[i] == tokenizer.maskId()).toArray();
    if (masks.length == 0) {
      throw new IllegalArgumentException(
          "The text has no %s to fill in: %.60s".formatted(MASK, text));
    }
    List<List<Filling>> fillings = new ArrayList<>();
    for (int mask : masks) {
      fillings.add(fillings(tokens, mask, count));
    }
    return fillings;
  }

  private int[] tokens(String text) {
    IntStream tokens = IntStream.empty();
    int from = 0;
    for (int at = text.indexOf(MASK); at >= 0; at = text.indexOf(MASK, from)) {
      IntStream before = Arrays.stream(tokenizer.ids(text.substring(from, at)));
      tokens = IntStream.concat(tokens, IntStream.concat(before, IntStream.of(tokenizer.maskId())));
      from = at + MASK.length();
    }
    return IntStream.concat(tokens, Arrays.stream(tokenizer.ids(text.substring(from)))).toArray();
  }

  private List<Filling> fillings(int[] tokens, int mask, int count) {
    int room = Math.min(tokens.length, maxTokens - 2);
    int from = Math.max(0, Math.min(mask - room / 2, tokens.length - room));
    int[] ids = new int[room + 2];
    ids[0] = tokenizer.clsId();
    System.arraycopy(tokens, from, ids, 1, room);
    ids[room + 1] = tokenizer.sepId();
    int[][] position = {{mask - from + 1}};
    float[] logits = generator.logits(TokenBatch.of(ids), position)[0][0];
    double[] probabilities = Probabilities.of(logits);
    return Arrays.stream(BestPositions.of(logits, count))
        .mapToObj(id -> new Filling(tokenizer.vocabulary().piece(id), probabilities[id]))
        .toList();
  }

  @Override
  public void close() {
    generator.close();
  }
}
