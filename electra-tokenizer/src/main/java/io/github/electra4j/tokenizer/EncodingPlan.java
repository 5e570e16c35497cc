package io.github.electra4j.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is known about an encoding and its overflow before it is padded.
 *
 * @param first the first text
 * @param second the second text; has no pieces if there is none
 * @param windows one per encoding, at least one
 * @param specialTokens whether {@code [CLS]} and {@code [SEP]} are added
 */
record EncodingPlan(
    TokenizedText first, TokenizedText second, List<Window> windows, boolean specialTokens) {

  /** Tokens of the longest encoding without padding. */
  int longest() {
    int longest = 0;
    for (Window window : windows) {
      longest = Math.max(longest, layout(window).length());
    }
    return longest;
  }

  private TokenLayout layout(Window window) {
    return TokenLayout.of(specialTokens, window.first(), window.second());
  }

  /**
   * Writes the encodings.
   *
   * @param tokenizer knows the special tokens
   * @param length tokens to pad to; encodings that are longer stay as they are
   */
  Encoding encode(ElectraTokenizer tokenizer, int length) {
    List<Encoding> overflow = new ArrayList<>();
    for (Window window : windows.subList(1, windows.size())) {
      overflow.add(encode(tokenizer, window, length, List.of()));
    }
    return encode(tokenizer, windows.get(0), length, List.copyOf(overflow));
  }

  private Encoding encode(
      ElectraTokenizer tokenizer, Window window, int length, List<Encoding> overflow) {
    TokenLayout layout = layout(window).paddedTo(length);
    int padding = layout.length() > layout.tokens() ? tokenizer.padId() : 0;
    PieceArrays arrays = PieceArrays.filled(layout.length(), padding);
    first.pieces().copy(window.firstStart(), window.firstEnd(), arrays, layout.firstStart());
    second.pieces().copy(window.secondStart(), window.secondEnd(), arrays, layout.secondStart());
    if (specialTokens) {
      arrays.ids()[0] = tokenizer.clsId();
      arrays.ids()[layout.firstEnd()] = tokenizer.sepId();
      arrays.ids()[layout.tokens() - 1] = tokenizer.sepId();
    }
    return new Encoding(
        tokenizer.vocabulary(),
        layout,
        arrays,
        new CodePointOffsets[] {first.offsets(), second.offsets()},
        overflow);
  }
}
