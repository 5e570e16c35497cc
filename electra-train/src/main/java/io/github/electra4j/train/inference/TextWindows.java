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
  private static final int TEXT_SPECIALS = 2;

  /** The windows over one text; at least one. */
  List<Encoding> of(String text) {
    return all(tokenizer.encode(text, options(Truncation.LONGEST_FIRST)));
  }

  /**
   * The windows over a pair: every one has the whole of its shorter text and a part of the longer.
   * Where even the shorter takes more than half of the room, every window has a part of both, from
   * the same place of each: two texts of 3 and 6 parts are read in 6 windows, the first part of the
   * one beside the first and the second of the other, and so on.
   */
  List<Encoding> of(TextPair pair) {
    int first = tokenizer.ids(pair.first()).length;
    int second = tokenizer.ids(pair.second()).length;
    if (second == 0) {
      return of(pair.first().toString());
    }
    int room = maxTokens - PAIR_SPECIALS;
    if (Math.min(first, second) > room / 2) {
      return sideBySide(parts(pair.first(), room / 2), parts(pair.second(), room - room / 2));
    }
    EncodeOptions options =
        options(first > second ? Truncation.ONLY_FIRST : Truncation.ONLY_SECOND);
    return all(tokenizer.encode(pair.first(), pair.second(), options));
  }

  private List<Encoding> sideBySide(List<CharSequence> first, List<CharSequence> second) {
    int count = Math.max(first.size(), second.size());
    List<Encoding> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      windows.add(
          tokenizer.encode(
              first.get(i * first.size() / count),
              second.get(i * second.size() / count),
              EncodeOptions.maxLength(maxTokens)));
    }
    return windows;
  }

  /** A text as parts of so many tokens at most, each sharing a quarter with the next. */
  private List<CharSequence> parts(CharSequence text, int tokens) {
    EncodeOptions options =
        EncodeOptions.maxLength(tokens + TEXT_SPECIALS).withOverflow(tokens / 4);
    List<CharSequence> parts = new ArrayList<>();
    for (Encoding part : all(tokenizer.encode(text, options))) {
      parts.add(text.subSequence(part.start(1), part.end(part.length() - 2)));
    }
    return parts;
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
