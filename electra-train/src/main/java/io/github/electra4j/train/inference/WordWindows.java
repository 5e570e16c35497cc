package io.github.electra4j.train.inference;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import java.util.ArrayList;
import java.util.List;

/** A sentence of any length as overlapping ranges of words, each short enough for the model. */
final class WordWindows {
  private static final int SPECIAL_TOKENS = 2;

  private final ElectraTokenizer tokenizer;
  private final int maxTokens;

  WordWindows(ElectraTokenizer tokenizer, int maxTokens) {
    this.tokenizer =
        ElectraTokenizer.of(tokenizer.vocabulary(), tokenizer.options().withSplitCjk(false));
    this.maxTokens = maxTokens;
  }

  /** Words {@code from} to before {@code to}. */
  record Range(int from, int to) {}

  /** The ranges over a sentence; one, which is empty, over no words. */
  List<Range> over(List<String> words) {
    if (words.isEmpty()) {
      return List.of(new Range(0, 0));
    }
    int[] tokens = words.stream().mapToInt(word -> tokenizer.ids(word).length).toArray();
    List<Range> ranges = new ArrayList<>();
    int from = 0;
    while (true) {
      int to = end(words, tokens, from);
      ranges.add(new Range(from, to));
      if (to == words.size()) {
        return ranges;
      }
      from = Math.max(from + 1, to - (to - from) / 4);
    }
  }

  private int end(List<String> words, int[] tokens, int from) {
    int room = maxTokens - SPECIAL_TOKENS;
    int to = from;
    while (to < tokens.length && tokens[to] <= room) {
      room -= tokens[to++];
    }
    if (to == from) {
      throw new UnreadableTextException(
          "Word %d has %d tokens, more than the model reads (%d): %.60s"
              .formatted(from + 1, tokens[from], maxTokens - SPECIAL_TOKENS, words.get(from)));
    }
    return to;
  }

  /** The window with the most words on the side where it has fewer of them. */
  static int best(List<Range> ranges, int item) {
    int best = -1;
    int most = -1;
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      int around = Math.min(item - range.from(), range.to() - 1 - item);
      if (around > most) {
        best = i;
        most = around;
      }
    }
    return best;
  }
}
