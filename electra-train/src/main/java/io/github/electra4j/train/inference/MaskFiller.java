package io.github.electra4j.train.inference;

import io.github.electra4j.model.Generator;
import io.github.electra4j.model.TokenBatch;
import io.github.electra4j.model.storage.MalformedFileException;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.train.task.BestPositions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
          "the checkpoint has no generator, which is what fills in words. Use a pre-trained"
              + " checkpoint that has kept it.");
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
   * @throws UnreadableTextException if there is no mask
   */
  public List<List<Filling>> fill(String text, int count) {
    return fill(List.of(text), count).get(0);
  }

  /**
   * As {@link #fill(String, int)} for many texts, in their order; texts of similar length are
   * computed together.
   *
   * @throws UnreadableTextException if a text has no mask
   */
  public List<List<List<Filling>>> fill(List<String> texts, int count) {
    List<List<List<Filling>>> fillings = new ArrayList<>();
    List<Mask> masks = new ArrayList<>();
    for (String text : texts) {
      List<List<Filling>> ofText = new ArrayList<>();
      for (Mask mask : masks(text, ofText)) {
        masks.add(mask);
        ofText.add(List.of());
      }
      fillings.add(ofText);
    }
    masks.sort(Comparator.comparingInt(mask -> mask.ids().length));
    for (int from = 0; from < masks.size(); from += LoadedModel.BATCH_SIZE) {
      compute(masks.subList(from, Math.min(from + LoadedModel.BATCH_SIZE, masks.size())), count);
    }
    return fillings;
  }

  /**
   * A mask that was filled.
   *
   * @param mask its number in the text, from 0
   * @param fillings the most probable, given the text and the masks that were filled before it
   */
  public record Turn(int mask, List<Filling> fillings) {}

  /**
   * Fills the masks of a text one after the other, each time the one with the most certain filling,
   * which the others then see.
   *
   * @param count fillings per mask, at least 1; the first stays in the text
   * @return in the order in which they were filled
   * @throws UnreadableTextException if there is no mask
   */
  public List<Turn> fillInTurn(String text, int count) {
    int[] tokens = tokens(text);
    List<Integer> open = positions(tokens, text);
    List<Integer> all = List.copyOf(open);
    List<Turn> turns = new ArrayList<>();
    while (!open.isEmpty()) {
      float[][] logits = logits(tokens, open);
      int surest = -1;
      List<Filling> best = List.of();
      for (int i = 0; i < logits.length; i++) {
        List<Filling> fillings = best(logits[i], count);
        if (surest < 0 || fillings.get(0).probability() > best.get(0).probability()) {
          surest = i;
          best = fillings;
        }
      }
      int position = open.remove(surest);
      tokens[position] = tokenizer.vocabulary().requireId(best.get(0).piece());
      turns.add(new Turn(all.indexOf(position), best));
    }
    return turns;
  }

  /** Where the masks of a text stand. */
  List<Integer> positions(int[] tokens, String text) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] == tokenizer.maskId()) {
        positions.add(i);
      }
    }
    if (positions.isEmpty()) {
      throw new UnreadableTextException(
          "The text has no %s to fill in: %.60s".formatted(MASK, text));
    }
    return positions;
  }

  /** What the generator says at some positions of tokens, {@code [positions][vocab]}. */
  float[][] logits(int[] tokens, List<Integer> positions) {
    float[][] logits = new float[positions.size()][];
    if (tokens.length <= maxTokens - 2) {
      int[] row = positions.stream().mapToInt(position -> position + 1).toArray();
      int[] ids = around(tokens, positions.get(0), 0, List.of()).ids();
      return generator.logits(TokenBatch.of(ids), new int[][] {row})[0];
    }
    for (int i = 0; i < logits.length; i++) {
      Mask mask = around(tokens, positions.get(i), 0, List.of());
      int[][] row = {{mask.position()}};
      logits[i] = generator.logits(TokenBatch.of(mask.ids()), row)[0][0];
    }
    return logits;
  }

  ElectraTokenizer tokenizer() {
    return tokenizer;
  }

  /**
   * A mask with the text around it.
   *
   * @param ids what the generator reads
   * @param position of the mask in it
   * @param index which mask of its text it is
   * @param target where its fillings go, at {@code index}
   */
  private record Mask(int[] ids, int position, int index, List<List<Filling>> target) {}

  private List<Mask> masks(String text, List<List<Filling>> target) {
    int[] tokens = tokens(text);
    List<Mask> masks = new ArrayList<>();
    for (int position : positions(tokens, text)) {
      masks.add(around(tokens, position, masks.size(), target));
    }
    return masks;
  }

  int[] tokens(String text) {
    IntStream tokens = IntStream.empty();
    int from = 0;
    for (int at = text.indexOf(MASK); at >= 0; at = text.indexOf(MASK, from)) {
      IntStream before = Arrays.stream(tokenizer.ids(text.substring(from, at)));
      tokens = IntStream.concat(tokens, IntStream.concat(before, IntStream.of(tokenizer.maskId())));
      from = at + MASK.length();
    }
    return IntStream.concat(tokens, Arrays.stream(tokenizer.ids(text.substring(from)))).toArray();
  }

  private Mask around(int[] tokens, int mask, int index, List<List<Filling>> target) {
    int room = Math.min(tokens.length, maxTokens - 2);
    int from = Math.max(0, Math.min(mask - room / 2, tokens.length - room));
    int[] ids = new int[room + 2];
    ids[0] = tokenizer.clsId();
    System.arraycopy(tokens, from, ids, 1, room);
    ids[room + 1] = tokenizer.sepId();
    return new Mask(ids, mask - from + 1, index, target);
  }

  private void compute(List<Mask> batch, int count) {
    List<int[]> ids = batch.stream().map(Mask::ids).toList();
    int longest = ids.get(ids.size() - 1).length;
    int seq = Math.max(longest, Math.min((longest + 7) / 8 * 8, maxTokens));
    TokenBatch padded =
        TokenBatch.padded(ids, ids.stream().map(row -> new int[row.length]).toList(), seq);
    int[][] positions =
        batch.stream().map(mask -> new int[] {mask.position()}).toArray(int[][]::new);
    float[][][] logits = generator.logits(padded, positions); // [batch, 1, vocab]
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).target().set(batch.get(i).index(), best(logits[i][0], count));
    }
  }

  private List<Filling> best(float[] logits, int count) {
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
