package io.github.electra4j.train.task;

import io.github.electra4j.model.TaskHead;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import java.util.List;

/**
 * Turns the words of sentences into token ids and their labels into targets; a word is labelled at
 * its first piece. Words are cut off a sentence that is too long as the original does it, or, on
 * request, only where they do not fit.
 *
 * <p>The original lower-cases the words even for a cased vocabulary; here the tokenizer's own
 * settings hold. Ideographs of one word stay together, as in the original.
 */
public final class TagFeaturizer {
  private final ElectraTokenizer tokenizer;
  private final TaskHead head;
  private final List<String> labels;
  private final int maxSeqLength;
  private final WordPieces.Cut cut;

  private TagFeaturizer(
      ElectraTokenizer tokenizer,
      TaskHead head,
      List<String> labels,
      int maxSeqLength,
      WordPieces.Cut cut) {
    if (maxSeqLength < 4) {
      throw new IllegalArgumentException(
          "A maximum sequence length of %d leaves no room for words; choose at least 4"
              .formatted(maxSeqLength));
    }
    this.tokenizer = tokenizer;
    this.head = head;
    this.labels = labels;
    this.maxSeqLength = maxSeqLength;
    this.cut = cut;
  }

  /**
   * Features for a tagger.
   *
   * @param maxSeqLength most tokens of a sentence, special tokens included; at least 4
   */
  public static TagFeaturizer of(
      ElectraTokenizer tokenizer, TaskHead.Tagging head, int maxSeqLength) {
    return new TagFeaturizer(
        wholeWords(tokenizer), head, head.labels(), maxSeqLength, WordPieces.Cut.ORIGINAL);
  }

  /** The words' part of the features of intent and slots. */
  static TagFeaturizer of(
      ElectraTokenizer tokenizer, TaskHead.IntentAndSlots head, int maxSeqLength) {
    return new TagFeaturizer(
        wholeWords(tokenizer), head, head.slots(), maxSeqLength, WordPieces.Cut.EXACT);
  }

  /** The same features, but a sentence loses only words that do not fit. */
  public TagFeaturizer cuttingExactly() {
    return new TagFeaturizer(tokenizer, head, labels, maxSeqLength, WordPieces.Cut.EXACT);
  }

  private static ElectraTokenizer wholeWords(ElectraTokenizer tokenizer) {
    TokenizerOptions options = tokenizer.options().withSplitCjk(false);
    return ElectraTokenizer.of(tokenizer.vocabulary(), options);
  }

  /** Featurises all sentences, in order. */
  public List<TaskExample> examples(List<TaggedSentence> sentences) {
    return sentences.parallelStream().map(this::example).toList();
  }

  /**
   * Featurises one sentence. Without tags its targets are the first label.
   *
   * @throws IllegalArgumentException when a label is not one of the head's; sentence and known
   *     labels are named
   */
  public TaskExample example(TaggedSentence sentence) {
    WordPieces pieces = WordPieces.of(tokenizer, sentence.words(), maxSeqLength, cut);
    return new TaskExample(
        sentence.id(), head.task(), List.of(pieces.tokens()), tags(sentence, pieces));
  }

  private TaskTarget.Tags tags(TaggedSentence sentence, WordPieces pieces) {
    int[] indices = new int[pieces.positions().length];
    for (int i = 0; i < indices.length && !sentence.tags().isEmpty(); i++) {
      try {
        indices[i] = Targets.index(labels, sentence.tags().get(i));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "Sentence %d, word %d \"%s\": %s"
                .formatted(sentence.id(), i + 1, sentence.words().get(i), e.getMessage()),
            e);
      }
    }
    return new TaskTarget.Tags(pieces.positions(), indices);
  }
}
