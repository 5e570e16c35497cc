package io.github.electra4j.train.corpus;

import io.github.electra4j.tokenizer.ElectraTokenizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Turns lines into examples on their way to the disk, and counts. */
final class Assembly {
  private static final int TOKENS_AROUND_ONE_SEGMENT = 2;
  private static final int TOKENS_AROUND_TWO_SEGMENTS = 3;

  private final ExampleBuilder builder;
  private final ShardWriter shards;
  private final PrepareConfig config;
  private boolean inDocument;
  private long documents;
  private long lines;
  private long tokens;
  private long unknown;
  private long examples;
  private long twoSegments;
  private long kept;
  private long filled;

  Assembly(ElectraTokenizer tokenizer, PrepareConfig config, ShardWriter shards) {
    this.builder =
        new ExampleBuilder(
            config.maxSeqLength(),
            new PackedExample.SegmentEnds(tokenizer.clsId(), tokenizer.sepId()),
            ExampleRandom.seeded(config.seed()));
    this.config = config;
    this.shards = shards;
  }

  void add(TokenizedLines chunk) throws IOException {
    for (int[] line : chunk.lines()) {
      if (line != null) {
        addLine(line);
      } else if (config.documents() == PrepareConfig.Documents.BLANK_LINES) {
        endDocument();
      }
    }
    if (chunk.endsFile()) {
      endDocument();
    }
    tokens += chunk.tokens();
    unknown += chunk.unknown();
  }

  private void addLine(int[] line) throws IOException {
    lines++;
    inDocument |= line.length > 0;
    int limit = config.maxLineTokens();
    if (limit == 0 || line.length <= limit) {
      write(builder.addLine(line));
      return;
    }
    for (int from = 0; from < line.length; from += limit) {
      int end = Math.min(line.length, from + limit);
      write(builder.addLine(Arrays.copyOfRange(line, from, end)));
    }
  }

  private void endDocument() throws IOException {
    write(builder.endDocument());
    documents += inDocument ? 1 : 0;
    inDocument = false;
  }

  private void write(Optional<PackedExample> made) throws IOException {
    if (made.isEmpty()) {
      return;
    }
    PackedExample example = made.get();
    shards.write(example);
    examples++;
    filled += example.length();
    boolean two = example.hasTwoSegments();
    twoSegments += two ? 1 : 0;
    kept += example.length() - (two ? TOKENS_AROUND_TWO_SEGMENTS : TOKENS_AROUND_ONE_SEGMENT);
  }

  PrepareListener.Progress progress(long bytesRead, long bytesTotal) {
    return new PrepareListener.Progress(documents, examples, tokens, bytesRead, bytesTotal);
  }

  PrepareReport report(long texts) {
    return new PrepareReport(
        texts, documents, lines, tokens, unknown, examples, twoSegments, kept, filled);
  }
}
