package io.github.electra4j.tokenizer;

import java.util.Arrays;

/**
 * What is stored per token of an encoding; all arrays have the encoding's length.
 *
 * @param ids vocabulary indices
 * @param starts UTF-16 offsets into the token's text; 0 for special tokens
 * @param ends behind the token; 0 for special tokens
 * @param words index of the word in the token's text; {@link Encoding#NONE} for special tokens
 */
record PieceArrays(int[] ids, int[] starts, int[] ends, int[] words) {

  /** Arrays for {@code length} tokens, all of them special tokens of the given id. */
  static PieceArrays filled(int length, int id) {
    int[] ids = new int[length];
    int[] words = new int[length];
    Arrays.fill(ids, id);
    Arrays.fill(words, Encoding.NONE);
    return new PieceArrays(ids, new int[length], new int[length], words);
  }
}
