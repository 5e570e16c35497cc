package io.github.electra4j.train.task;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import java.util.Arrays;
import java.util.List;

/**
 * A sentence that is given as words: {@code [CLS]}, the pieces of the words, {@code [SEP]}, all of
 * token type 1, and where each word starts (reference: finetune/tagging/tagging_tasks.py).
 *
 * @param tokens the sentence, cut if it is too long
 * @param positions of the first piece of every word that was not cut off
 */
record WordPieces(TokenSequence tokens, int[] positions) {

  /** How a sentence that is too long is cut. */
  enum Cut {
    /**
     * As the original does it, which compares the number of the sentence's words, not the length of
     * the next word, with the room that is left, so that it cuts too early.
     */
    ORIGINAL,
    /** Before the first word that does not fit. */
    EXACT
  }

  /**
   * Takes words apart.
   *
   * @param longest most tokens, at least 3
   */
  static WordPieces of(ElectraTokenizer tokenizer, List<String> words, int longest, Cut cut) {
    int[] ids = new int[longest];
    int[] positions = new int[words.size()];
    int count = 0;
    ids[count++] = tokenizer.clsId();
    int kept = 0;
    for (String word : words) {
      int[] pieces = tokenizer.ids(word);
      boolean full = cut == Cut.ORIGINAL && words.size() + 2 + count + 1 > longest;
      if (full || count + pieces.length + 1 > longest) {
        break;
      }
      positions[kept++] = count;
      System.arraycopy(pieces, 0, ids, count, pieces.length);
      count += pieces.length;
    }
    ids[count++] = tokenizer.sepId();
    int[] types = new int[count];
    Arrays.fill(types, 1);
    return new WordPieces(
        new TokenSequence(Arrays.copyOf(ids, count), types), Arrays.copyOf(positions, kept));
  }
}
