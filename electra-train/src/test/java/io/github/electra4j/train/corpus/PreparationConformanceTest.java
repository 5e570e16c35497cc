package io.github.electra4j.train.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.electra4j.testkit.SharedFolders;
import io.github.electra4j.tokenizer.ElectraTokenizer;
import io.github.electra4j.tokenizer.TokenizerOptions;
import io.github.electra4j.train.tfrecord.PlainRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real text with the vocabulary of the published models. */
@Tag("conformance")
class PreparationConformanceTest {
  private static final int SHARDS = 7;

  @TempDir private Path folder;

  @Test
  void booksAndArticlesBecomeExamplesThatAnIndependentReaderReads() throws IOException {
    ElectraTokenizer tokenizer =
        ElectraTokenizer.read(
            SharedFolders.data("vocab/bert-base-uncased-vocab.txt"), TokenizerOptions.uncased());
    PrepareConfig config = PrepareConfig.standard().withShards(SHARDS);
    PrepareReport report =
        Preparation.of(tokenizer, config)
            .run(
                List.of(
                    SharedFolders.data("pretrain/books-heldout.txt.gz"),
                    SharedFolders.data("pretrain/wikitext-2")),
                folder.resolve("out"),
                false);
    assertEquals(4, report.texts(), "a book file, README, test.txt and valid.txt");
    assertTrue(report.tokens() > 1_000_000, report.toText());
    assertTrue(report.unknownShare() < 0.001, report.toText());
    assertTrue(report.twoSegmentShare() > 0.3, report.toText());
    assertTrue(report.meanLength() > 80 && report.meanLength() <= 128, report.toText());

    int index = 0;
    try (ExampleShards shards = ExampleShards.open(folder.resolve("out").toString())) {
      assertEquals(report.examples(), shards.size());
      for (int shard = 0; shard < SHARDS; shard++) {
        String name = ShardFiles.name(shard, SHARDS);
        for (byte[] record : PlainRecords.read(folder.resolve("out").resolve(name))) {
          PackedExample example = shards.read(index++);
          List<Long> ids = Arrays.stream(example.inputIds()).mapToObj(id -> (long) id).toList();
          assertEquals(ids, PlainRecords.longs(record).get("input_ids"));
          assertEquals(tokenizer.clsId(), example.inputIds()[0]);
          assertEquals(tokenizer.sepId(), example.inputIds()[example.length() - 1]);
        }
      }
      assertEquals(shards.size(), index);
    }
  }
}
