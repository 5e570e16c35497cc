package io.github.electra4j.train.inference;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.EncodeOptions;
import io.github.electra4j.tokenizer.Encoding;
import io.github.electra4j.tokenizer.TextPair;
import io.github.electra4j.tokenizer.Truncation;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts of any length as encodings that the model can read, each sharing a quarter with the next.
 */
record TextWindows(ElectraTokenizer tokenizer, int maxTokens) {
  private static final int PAIR_SPECIALS = 3;

  /** The windows over one text; at least one. */
  List<Encoding> of(String text) {
    return all(tokenizer.encode(text, options(Truncation.LONGEST_FIRST)));
  }

  /**
   * The windows over a pair: every one has the whole of its shorter text and a part of the longer.
   * Where even the shorter takes more than half of the room, the pair is cut as in training.
   */
  List<Encoding> of(TextPair pair) {
    int first = tokenizer.ids(pair.first()).length;
    int second = tokenizer.ids(pair.second()).length;
    if (second == 0) {
      return of(pair.first().toString());
    }
    int room = maxTokens - PAIR_SPECIALS;
    if (Math.min(first, second) > room / 2) {
      EncodeOptions cut = EncodeOptions.maxLength(maxTokens);
      return List.of(tokenizer.encode(pair.first(), pair.second(), cut));
    }
    EncodeOptions options =
        options(first > second ? Truncation.ONLY_FIRST : Truncation.ONLY_SECOND);
    return all(tokenizer.encode(pair.first(), pair.second(), options));
  }

  private EncodeOptions options(Truncation truncation) {
    return EncodeOptions.maxLength(maxTokens)
        .withTruncation(truncation)
        .withOverflow((maxTokens - PAIR_SPECIALS) / 4);
  }

  private static List<Encoding> all(Encoding first) {
    List<Encoding> windows = new ArrayList<>();
    windows.add(first);
    windows.addAll(first.overflow());
    return windows;
  }
}
