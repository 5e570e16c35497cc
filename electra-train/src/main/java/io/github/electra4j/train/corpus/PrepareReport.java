package io.github.electra4j.train.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.electra4j.tokenizer.TokenizerOptions;
import java.util.Locale;

/**
 * What a preparation found and made.
 *
 * @param texts files with text, those in archives included
 * @param documents with at least one token
 * @param lines of the corpus, blank ones not included
 * @param tokens of the corpus
 * @param unknownTokens how many of them are {@code [UNK]}
 * @param examples made
 * @param twoSegmentExamples how many of them have a second segment
 * @param keptTokens tokens of the corpus in examples
 * @param filledTokens tokens of all examples without padding, special tokens included
 */
public record PrepareReport(
    long texts,
    long documents,
    long lines,
    long tokens,
    long unknownTokens,
    long examples,
    long twoSegmentExamples,
    long keptTokens,
    long filledTokens) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Share of the corpus' tokens that are {@code [UNK]}, 0 to 1. */
  public double unknownShare() {
    return unknownTokens / (double) Math.max(1, tokens);
  }

  /** Share of the corpus' tokens that did not fit into an example, 0 to 1. */
  public double discardedShare() {
    return (tokens - keptTokens) / (double) Math.max(1, tokens);
  }

  /** Mean number of tokens of an example without padding. */
  public double meanLength() {
    return filledTokens / (double) Math.max(1, examples);
  }

  /** Share of the examples that have a second segment, 0 to 1. */
  public double twoSegmentShare() {
    return twoSegmentExamples / (double) Math.max(1, examples);
  }

  /** The numbers for people. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        """
        texts                   %,d
        documents               %,d
        lines                   %,d
        tokens                  %,d
          [UNK]                 %.4f %%
          discarded             %.2f %%
        examples                %,d
          mean length           %.1f
          with two segments     %.2f %%
        """,
        texts,
        documents,
        lines,
        tokens,
        100 * unknownShare(),
        100 * discardedShare(),
        examples,
        meanLength(),
        100 * twoSegmentShare());
  }

  /**
   * The numbers and the choices for programs.
   *
   * @param config how the examples were made
   * @param options how the text was tokenized
   */
  public String toJson(PrepareConfig config, TokenizerOptions options) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("texts", texts);
    root.put("documents", documents);
    root.put("lines", lines);
    root.put("tokens", tokens);
    root.put("unknown_tokens", unknownTokens);
    root.put("unknown_share", unknownShare());
    root.put("discarded_share", discardedShare());
    root.put("examples", examples);
    root.put("mean_length", meanLength());
    root.put("two_segment_share", twoSegmentShare());
    ObjectNode choices = root.putObject(PreparedFolder.CONFIG);
    choices.put("max_seq_length", config.maxSeqLength());
    choices.put("shards", config.shards());
    choices.put("seed", config.seed());
    choices.put("documents", config.documents().name().toLowerCase(Locale.ROOT));
    choices.put("max_line_tokens", config.maxLineTokens());
    choices.put(PreparedFolder.LOWER_CASE, options.lowerCase());
    choices.put(PreparedFolder.STRIP_ACCENTS, options.stripsAccents());
    choices.put("invalid_utf8", config.invalidUtf8().name().toLowerCase(Locale.ROOT));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("A tree of numbers can be written", e);
    }
  }
}
