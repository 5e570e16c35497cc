package io.github.electra4j.train.task;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.EncodeOptions;
import io.github.electra4j.tokenizer.Encoding;
import java.util.List;

/** Turns a text and its candidates into pairs: {@code [CLS] text [SEP] candidate [SEP]} each. */
public final class RankingFeaturizer {
  private final ElectraTokenizer tokenizer;
  private final TaskHead.PairRanking head;
  private final EncodeOptions options;

  /**
   * @param maxSeqLength most tokens of a pair, special tokens included; at least 4
   */
  public RankingFeaturizer(
      ElectraTokenizer tokenizer, TaskHead.PairRanking head, int maxSeqLength) {
    this.tokenizer = tokenizer;
    this.head = head;
    this.options = EncodeOptions.maxLength(maxSeqLength);
  }

  /** Featurises all examples, in order. */
  public List<TaskExample> examples(List<RankingExample> examples) {
    return examples.parallelStream().map(this::example).toList();
  }

  /** Featurises one example. */
  public TaskExample example(RankingExample example) {
    List<TokenSequence> pairs =
        example.candidates().stream().map(candidate -> pair(example.text(), candidate)).toList();
    return new TaskExample(
        example.id(), head.task(), pairs, new TaskTarget.Choice(pairs.size(), example.right()));
  }

  private TokenSequence pair(String text, String candidate) {
    Encoding encoding = tokenizer.encode(text, candidate, options);
    return new TokenSequence(encoding.ids(), encoding.tokenTypeIds());
  }
}
